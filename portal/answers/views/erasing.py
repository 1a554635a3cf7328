"""Erasing a question: the asker at once, staff with a second person."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.requests import Request
from portal.answers.actions.erasing import decide_erasure, erase_question, propose_erasure
from portal.answers.forms.erasing import EraseForm, ProposeErasureForm
from portal.answers.permissions import P
from portal.answers.states import OPEN, Publication
from portal.answers.views.case import case_context
from portal.answers.views.guards import visible_question
from portal.answers.views.tracked import forget_question, permitted_question
from portal.kernel import clock as clocks
from portal.kernel.permissions import NotAllowed, demand

private = cache_control(private=True, no_store=True)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def erase(request: Request, question_id: UUID) -> HttpResponse:
    """Say what goes, what stays and why; erase when the asker confirms."""
    question = permitted_question(request, question_id, P.ERASE)
    form = EraseForm(
        request.POST if request.method == "POST" else None, is_published=question.publication == Publication.PUBLISHED
    )
    if request.method == "POST" and form.is_valid():
        try:
            erase_question(
                question_id,
                by=request.actor,
                clock=clocks.installed(),
                take_down=form.cleaned_data.get("take_down", False),
            )
        except NotAllowed as refused:
            form.add_error(None, str(refused.reason))
        else:
            forget_question(request, question)
            return redirect("answers:erased")
    context = {"question": question, "form": form, "is_open": question.state in OPEN}
    return render(request, "portal/answers/track/erase.html", context, status=422 if form.errors else 200)


@require_safe
@private
def erased(request: Request) -> HttpResponse:
    """Say that it is done; there is nothing left to show."""
    return render(request, "portal/answers/track/erased.html")


@never_cache
@require_POST
def propose(request: Request, question_id: UUID) -> HttpResponse:
    """Take a member of staff's ground; somebody else decides."""
    question = visible_question(request, question_id)
    demand(request.actor, P.PROPOSE_ERASURE, question)
    form = ProposeErasureForm(request.POST, is_published=question.publication == Publication.PUBLISHED)
    if form.is_valid():
        try:
            propose_erasure(
                question_id,
                reason=form.cleaned_data["reason"],
                take_down=form.cleaned_data.get("take_down", False),
                by=request.actor,
                clock=clocks.installed(),
            )
        except NotAllowed as refused:
            form.add_error(None, str(refused.reason))
        else:
            messages.success(request, _("已提出删除，须由另一个人审签。"))
            return redirect(_section(question_id))
    context = case_context(request, question) | {"erasure_form": form, "faulty_form": form}
    return render(request, "portal/answers/desk/case.html", context, status=422)


@never_cache
@require_POST
def decide(request: Request, question_id: UUID) -> HttpResponse:
    """Carry a proposed erasure out or reject it."""
    question = visible_question(request, question_id)
    demand(request.actor, P.DECIDE_ERASURE, question)
    approve = request.POST.get("decision") == "approve"
    try:
        decide_erasure(question_id, approve=approve, by=request.actor, clock=clocks.installed())
    except NotAllowed as refused:
        messages.error(request, str(refused.reason))
    else:
        messages.success(request, _("内容已删除。") if approve else _("已退回删除申请。"))
    return redirect(_section(question_id))


def _section(question_id: UUID) -> str:
    return f"{reverse('answers_desk:case', args=[question_id])}#erasure"
