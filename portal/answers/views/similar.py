"""What is like a case, on a page of its own; with script, beside the draft."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from portal.accounts.headers import staff_header
from portal.accounts.requests import Request
from portal.answers.actions.merging import LEADING
from portal.answers.labels import STAFF_STATE
from portal.answers.models import Question
from portal.answers.permissions import P
from portal.answers.presenting import public_address
from portal.answers.queries.similar import Earlier, similar_to
from portal.answers.states import UNSORTED
from portal.answers.views.guards import visible_question
from portal.kernel.permissions import can


@never_cache
@require_GET
def similar_page(request: Request, question_id: UUID) -> HttpResponse:
    """Show what is like a case: ?part=1 without the frame, for the case's own page."""
    question = visible_question(request, question_id)
    found = similar_to(question, request.actor)
    context: dict[str, Any] = {
        "question": question,
        "open": [_waiting(request, question, other) for other in found.open],
        "earlier": [_given(earlier) for earlier in found.earlier],
    }
    if "part" in request.GET:
        return render(request, "portal/answers/desk/_similar.html", context)
    context |= staff_header(
        _("相似问题和以往答复"),
        "search",
        (reverse("answers_desk:queue"), _("问题队列")),
        (reverse("answers_desk:case", args=[question.pk]), question.number),
    )
    return render(request, "portal/answers/desk/similar.html", context)


def _waiting(request: Request, question: Question, other: Question) -> dict[str, Any]:
    return {
        "question": other,
        "state": STAFF_STATE[other.state],
        "may_merge": question.state in UNSORTED
        and question.members_due is None
        and other.state in LEADING
        and other.centre_id == question.centre_id
        and can(request.actor, P.MERGE, question)
        and can(request.actor, P.MERGE, other),
    }


def _given(earlier: Earlier) -> dict[str, Any]:
    public, own = earlier.listing, earlier.question
    shown: Any = public or own
    return {
        "title": shown.title,
        "number": shown.number,
        "office": shown.office,
        "at": shown.answered_at,
        "href": public_address(public) if public else reverse("answers_desk:case", args=[shown.pk]),
        "is_public": public is not None,
        "answer": earlier.answer,
    }
