"""The review of what the figures leave out: a list, several at once, and one with an objection."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.headers import staff_header
from portal.accounts.requests import Request
from portal.answers.actions.exclusions import object_to, uphold, uphold_many
from portal.answers.forms.exclusions import ObjectionForm, UpholdManyForm
from portal.answers.labels import EXCLUSION
from portal.answers.models import Question, Refusal
from portal.answers.permissions import P
from portal.answers.queries.case import load_question
from portal.answers.queries.exclusions import exclusions_for, reviewed, to_review
from portal.answers.states import State
from portal.answers.views.case import case_context
from portal.answers.views.guards import visible_question
from portal.answers.views.ids import uuids
from portal.kernel import clock as clocks
from portal.kernel.permissions import NotAllowed, demand

PAGE_SIZE = 50


@never_cache
@require_GET
def exclusion_list(request: Request) -> HttpResponse:
    """Show what waits for a second look: ?kind= one way of ending, ?done=1 what was looked at."""
    demand(request.actor, P.REVIEW_SOMETHING)
    kind, done = request.GET.get("kind", ""), request.GET.get("done") == "1"
    found = reviewed(request.actor) if done else to_review(request.actor, kind)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("p"))
    tabs: list[tuple[str, Any, bool]] = [("", _("待复核"), not done and not kind)]
    tabs += [(f"?kind={state}", name, not done and kind == state) for state, name in EXCLUSION.items()]
    context = {
        "page": page,
        "rows": [{"question": question, "kind": EXCLUSION[question.state], "why": _why(question)} for question in page],
        "done": done,
        "kind": kind,
        "tabs": [*tabs, ("?done=1", _("已复核"), done)],
        "query": request.GET.urlencode(),
        "said": urlencode({"done": 1} if done else {"kind": kind}),
        **staff_header(_("不计入的复核"), "check"),
    }
    return render(request, "portal/answers/desk/exclusions.html", context)


@require_POST
def uphold_several(request: Request) -> HttpResponse:
    """Uphold the ticked ones, each in a transaction of its own; say what was left."""
    demand(request.actor, P.REVIEW_SOMETHING)
    ids = [
        str(pk)
        for pk in exclusions_for(request.actor)
        .filter(pk__in=uuids(request.POST.getlist("questions")))
        .values_list("pk", flat=True)
    ]
    form = UpholdManyForm(request.POST, ids=ids)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect(_back(request))
    chosen = [UUID(pk) for pk in form.cleaned_data["questions"]]
    done, left = uphold_many(chosen, by=request.actor, clock=clocks.installed())
    if done:
        messages.success(request, ngettext("已复核 %(n)s 个问题。", "已复核 %(n)s 个问题。", done) % {"n": done})
    if left:
        text = ngettext(
            "%(n)s 个问题没有复核：别人已经复核，或者是您自己签发的。",
            "%(n)s 个问题没有复核：别人已经复核，或者是您自己签发的。",
            left,
        )
        messages.warning(request, text % {"n": left})
    return redirect(_back(request))


@never_cache
@require_POST
def review(request: Request, question_id: UUID) -> HttpResponse:
    """Uphold one or object to it. What was typed is shown again when it cannot be taken."""
    question = visible_question(request, question_id)
    demand(request.actor, P.REVIEW_EXCLUSION, question)
    if request.POST.get("decision") != "object":
        try:
            uphold(question_id, by=request.actor, clock=clocks.installed())
        except NotAllowed as refused:
            messages.error(request, str(refused.reason))
            return redirect("answers_desk:case", question_id=question_id)
        return _done(request)
    form = ObjectionForm(request.POST)
    if not form.is_valid():
        return _again(request, question, form, 422)
    try:
        object_to(question_id, note=form.cleaned_data["note"], by=request.actor, clock=clocks.installed())
    except NotAllowed as refused:
        form.add_error(None, str(refused.reason))
        return _again(request, load_question(question_id), form, 409)
    return _done(request)


def _done(request: Request) -> HttpResponse:
    messages.success(request, _("复核结果已保存。"))
    return redirect("answers_desk:exclusions")


def _again(request: Request, question: Question, form: ObjectionForm, status: int) -> HttpResponse:
    context = case_context(request, question) | {"objection_form": form, "faulty_form": form}
    return render(request, "portal/answers/desk/case.html", context, status=status)


def _why(question: Question) -> str:
    """Return the reason on record, in words; "" where the asker or time ended it."""
    if question.state == State.HANDED_OVER:
        return str(question.hand_over.get_service_display())
    released = [one for one in question.refusals.all() if one.decision == Refusal.Decision.RELEASED]
    return str(released[0].get_reason_display()) if released else ""


def _back(request: Request) -> str:
    return f"{reverse('answers_desk:exclusions')}?{request.POST.get('query', '')}"
