"""Evidence for strangers: one question's events, a month of them, the calendar, the draws, and how to check."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from portal.accounts.requests import Request
from portal.answers.labels import CALL_STATE, LEFT_OUT
from portal.answers.models import AnswerPage, CallDraw, Question
from portal.answers.queries.call_backs import draw_lines, published_draw
from portal.answers.queries.evidence import evidence_of, evidence_of_month, published_calendar
from portal.answers.queries.public import answered_months
from portal.journal.models import EventRecord
from portal.kernel import clock as clocks
from portal.kernel.workdays import local_date
from portal.ui.caching import public_page
from portal.workdays.models import CalendarEdition

DRAWS_SHOWN = 24


def _json(data: dict[str, Any]) -> str:
    """Return the one form in which evidence is written, under a seal, so that any changed byte is seen."""
    seal = hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    return json.dumps(data | {"seal": seal}, ensure_ascii=False, sort_keys=True)


def _question(slug: str) -> Question:
    page = AnswerPage.objects.live().filter(slug=slug, withdrawn_at=None).select_related("question__redaction").first()
    if page is None:
        raise Http404
    return page.question


def _last_hash(request: Request, year: str, month: str, slug: str) -> str | None:
    """The newest hash of the chain names the state of the whole answer."""
    page = AnswerPage.objects.live().filter(slug=slug, withdrawn_at=None).select_related("question").first()
    if page is None:
        return None
    newest = EventRecord.objects.filter(aggregate=page.question.ref).order_by("-seq").values_list("hash", flat=True)
    return f'"{newest[0]}"'


def edition_tag(request: Request) -> str:
    """Name the edition of the calendar in force: what is counted by it changes with it."""
    return f'"edition-{CalendarEdition.objects.latest("number").key}"'


@require_safe
@public_page()
@condition(etag_func=_last_hash)
def events(request: Request, year: str, month: str, slug: str) -> HttpResponse:
    """Give one published question's events, with the hash of those that are not public."""
    return HttpResponse(_json(evidence_of(_question(slug))), content_type="application/json")


@require_safe
@public_page()
@condition(etag_func=edition_tag)
def calendar_json(request: Request) -> HttpResponse:
    """Give every edition of the working calendar."""
    return HttpResponse(_json(published_calendar()), content_type="application/json")


@require_safe
@cache_control(public=True, max_age=60)
def questions_jsonl(request: Request) -> StreamingHttpResponse:
    """Stream a month of evidence, one question a line: ?month=2026-03; without it, this month."""
    this_month = f"{local_date(clocks.installed().now()):%Y-%m}"
    try:
        month = date.fromisoformat(f"{request.GET.get('month') or this_month}-01")
    except ValueError:
        raise Http404 from None

    def lines() -> Iterator[str]:
        for one in evidence_of_month(month):
            yield _json(one) + "\n"

    response = StreamingHttpResponse(lines(), content_type="application/x-ndjson")
    response["Content-Disposition"] = f'attachment; filename="questions-{month:%Y-%m}.jsonl"'
    return response


@require_safe
@public_page()
def call_draws(request: Request) -> HttpResponse:
    """List the draws of the call-backs, newest first, and say how anybody can draw again."""
    context = {
        "lines": [
            {
                "draw": line.draw,
                "drawn": line.drawn,
                "results": [(CALL_STATE[state], n) for state, n in line.ended.items()],
                "left_out": [(LEFT_OUT[reason], n) for reason, n in line.left_out.items()],
            }
            for line in draw_lines(DRAWS_SHOWN)
        ],
        "per_office": settings.ANSWERS_CALL_BACKS["per_office"],
        "attempts": settings.ANSWERS_CALL_BACKS["attempts"],
        "crumbs": [(_("办理情况"), reverse("answers:performance"))],
    }
    return render(request, "portal/answers/public/call_draws.html", context)


@require_safe
@public_page()
def call_draw_json(request: Request, begins: str) -> HttpResponse:
    """Give one draw as it stands: the commitment first, the closed pool then, the seed when the calls are over."""
    try:
        draw = CallDraw.objects.filter(begins=date.fromisoformat(begins)).first()
    except ValueError:
        draw = None
    if draw is None:
        raise Http404
    return HttpResponse(_json(published_draw(draw)), content_type="application/json")


@require_safe
@public_page()
def verify_page(request: Request) -> HttpResponse:
    """Explain how anybody can check the published answers."""
    return render(request, "portal/answers/public/verify.html", {"months": answered_months()[:24]})
