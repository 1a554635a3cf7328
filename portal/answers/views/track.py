"""Track: the asker's own page of a question, by tracking code or account, and what can be done there."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.addresses import client_address
from portal.accounts.limits import TooManyTries
from portal.accounts.requests import Request
from portal.answers.actions.aftercare import rate, withdraw
from portal.answers.actions.clarifying import supply
from portal.answers.actions.limiting import count_try
from portal.answers.actions.reopening import request_reopening
from portal.answers.forms.tracking import RatingForm, ReopeningForm, SupplyForm, TrackForm
from portal.answers.labels import ASKER_STATE, publication_label
from portal.answers.models import Listing, Question, Refusal
from portal.answers.permissions import P
from portal.answers.presenting import Tab, public_address, shown_clocks
from portal.answers.queries.case import askers_steps, is_in_touch, load_question, matter_of
from portal.answers.queries.circumstances import circumstances
from portal.answers.queries.timeline import timeline
from portal.answers.queries.told import gets_messages, told_to_asker
from portal.answers.queries.tracking import by_code, mine
from portal.answers.states import OPEN, REPLIED
from portal.answers.views.ask_drafts import limited
from portal.answers.views.tracked import open_by_code, permitted_question
from portal.files.queries import attached_to
from portal.kernel import clock as clocks
from portal.kernel.machine import IllegalStep
from portal.kernel.permissions import NotAllowed, can, demand
from portal.kernel.workdays import ONE_DAY
from portal.live.queries import position
from portal.workdays.queries import calendar, why

PAGE_SIZE = 20
SHOWN_STATES = {"open": OPEN, "answered": REPLIED}

private = cache_control(private=True, no_store=True)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def track(request: Request) -> HttpResponse:
    """Take a tracking code and open its question. A wrong and an unknown code get the same answer."""
    form = TrackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            count_try("track", client_address(request))
        except TooManyTries as limit:
            return limited(request, limit)
        question = by_code(form.cleaned_data["code"])
        if question is not None:
            open_by_code(request, question)
            return redirect("answers:case", question_id=question.pk)
        form.add_error("code", _("没有找到这个查询码。请对照回执检查每一位；查询码换过的，请用新的。"))
    return render(request, "portal/answers/track/track.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@private
def case(request: Request, question_id: UUID) -> HttpResponse:
    """Everything about one's own question."""
    after = position()  # before anything else is read: what happens meanwhile is told again, not missed
    try:
        question = permitted_question(request, question_id, P.VIEW)
    except Http404:
        if request.user.is_authenticated:
            raise
        # Whoever follows the link of a mail has often not signed in. The same words for every address, known or not.
        return render(request, "portal/answers/track/signed_out.html", status=404)
    return _show_case(request, question, live_after=after)


@require_http_methods(["POST"])
@private
def rate_answer(request: Request, question_id: UUID) -> HttpResponse:
    """Take the asker's verdict."""
    question = permitted_question(request, question_id, P.VIEW)
    demand(request.actor, P.RATE, question)
    return _take(request, question, RatingForm(request.POST), "rating_form", rate)


@require_http_methods(["POST"])
@private
def supply_answer(request: Request, question_id: UUID) -> HttpResponse:
    """Take what the office asked the asker for; its clock runs on."""
    question = permitted_question(request, question_id, P.VIEW)
    demand(request.actor, P.SUPPLY, question)
    return _take(request, question, SupplyForm(request.POST), "supply_form", supply)


@require_http_methods(["POST"])
@private
def ask_reopening(request: Request, question_id: UUID) -> HttpResponse:
    """Take the asker's request for a second look."""
    question = permitted_question(request, question_id, P.VIEW)
    demand(request.actor, P.REQUEST_REOPENING, question)
    return _take(request, question, ReopeningForm(request.POST), "reopening_form", request_reopening)


def _take(
    request: Request, question: Question, form: forms.Form, name: str, action: Callable[..., object]
) -> HttpResponse:
    """Call `action` with what was typed; show the page again, nothing lost, when it cannot be taken."""
    if not form.is_valid():
        return _show_case(request, question, bound={name: form}, status=422)
    try:
        action(question.pk, **form.cleaned_data, by=request.actor, clock=clocks.installed())
    except IllegalStep:
        pass  # taken already, by a double click or in another tab: the page shows it
    except NotAllowed as refused:
        form.add_error(None, str(refused.reason))
        return _show_case(request, load_question(question.pk), bound={name: form}, status=403)
    return redirect("answers:case", question_id=question.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def withdraw_question(request: Request, question_id: UUID) -> HttpResponse:
    """Ask once more, then take the question back."""
    question = permitted_question(request, question_id, P.VIEW)
    if not can(request.actor, P.WITHDRAW, question):
        raise Http404
    if request.method == "POST":
        with suppress(IllegalStep, NotAllowed):  # answered or withdrawn meanwhile: the page shows it
            withdraw(question_id, by=request.actor, clock=clocks.installed())
        return redirect("answers:case", question_id=question_id)
    if "withdraw" not in askers_steps(circumstances(question), request.actor, clocks.installed().now()):
        return redirect("answers:case", question_id=question_id)
    return render(request, "portal/answers/track/withdraw.html", {"question": question})


@require_safe
@private
def why_this_date(request: Request, question_id: UUID) -> HttpResponse:
    """Explain both dates, day by day. Of a public question everybody may know them."""
    question = Question.objects.select_related("office", "centre").filter(pk=question_id).first()
    if question is None:
        raise Http404
    listing = Listing.objects.filter(question_id=question_id).first()
    is_own = bool(can(request.actor, P.VIEW, question))
    if listing is None and not is_own:
        raise Http404
    context = {
        "question": question,
        "title": question.title if is_own else listing.title if listing else "",
        "is_own": is_own,
        "clocks": shown_clocks(question, clocks.installed().now()),
        "why": why(question.submitted_at, version=question.calendar),
        "met": circumstances(question),
    }
    return render(request, "portal/answers/track/why.html", context)


@require_safe
@login_required
@private
def my_questions(request: Request) -> HttpResponse:
    """List what was asked with this account."""
    shown = request.GET.get("show", "")
    questions = mine(request.actor)
    if shown in SHOWN_STATES:
        questions = questions.filter(state__in=SHOWN_STATES[shown])
    else:
        shown = ""
    page = Paginator(questions, PAGE_SIZE).get_page(request.GET.get("page"))
    now, days = clocks.installed().now(), calendar()
    context = {
        "page": page,
        "shown": shown,
        "tabs": [
            Tab(_("全部"), reverse("answers:mine"), not shown),
            Tab(_("办理中"), reverse("answers:mine") + "?show=open", shown == "open"),
            Tab(_("已答复"), reverse("answers:mine") + "?show=answered", shown == "answered"),
        ],
        "rows": [
            {"question": question, "state": ASKER_STATE[question.state], "clocks": shown_clocks(question, now, days)}
            for question in page
        ],
    }
    return render(request, "portal/answers/track/my_questions.html", context)


def _show_case(
    request: Request,
    question: Question,
    *,
    bound: dict[str, forms.Form] | None = None,
    status: int = 200,
    live_after: int | None = None,
) -> HttpResponse:
    now = clocks.installed().now()
    met = circumstances(question)
    steps = askers_steps(met, request.actor, now)
    listing = Listing.objects.filter(question=question, is_answered=True).first()
    is_asker = bool(can(request.actor, P.WITHDRAW, question))
    told = told_to_asker(question) if is_asker else []
    context: dict[str, Any] = {
        "question": question,
        "crumbs": [(_("我的提问"), reverse("answers:mine"))],
        "state": ASKER_STATE[question.state],
        "clocks": shown_clocks(question, now),
        "timeline": timeline(question, for_staff=False, from_the_start=is_in_touch(request.actor, question)),
        "files": attached_to(question.ref) if can(request.actor, P.VIEW_FILES, question) else [],
        "answer": getattr(question, "answer", None),
        "confided": matter_of(question) if can(request.actor, P.READ_CONFIDED, question) else None,
        "rating": question.rating,
        "called": question.told_by_phone,
        "met": met,
        "statements": question.emergency.statements.all() if question.emergency else [],
        "supply_form": SupplyForm() if "supply" in steps else None,
        "reopening_form": ReopeningForm() if "request_reopening" in steps else None,
        "refusal": _released_refusal(question),
        "publication": publication_label(question, for_asker=True),
        "public_address": public_address(listing) if listing else "",
        "is_asker": is_asker,
        "told": told,
        "told_summary": ngettext("%(count)d 条邮件和短信", "%(count)d 条邮件和短信", len(told)) % {"count": len(told)},
        "lost": any(delivery.is_lost for delivery in told),
        "gets_messages": gets_messages(question),
        "may_withdraw": "withdraw" in steps,
        "live_after": live_after,
        "rating_form": RatingForm() if "rate" in steps else None,
        "plain_last_day": question.plain_due and question.plain_due - ONE_DAY,
    } | (bound or {})
    context["faulty_form"] = next(iter(bound.values()), None) if bound else None
    return render(request, "portal/answers/track/case.html", context, status=status)


def _released_refusal(question: Question) -> Refusal | None:
    return question.refusals.filter(decision=Refusal.Decision.RELEASED).first()
