"""Call-backs on screen: the list of whom to call, one call with the number, and its result."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.headers import staff_header
from portal.accounts.requests import Request
from portal.answers.actions.calling import take_call
from portal.answers.forms.calling import CallForm
from portal.answers.labels import CALL_STATE
from portal.answers.models import CallBack
from portal.answers.permissions import P
from portal.answers.queries.call_backs import (
    calls_ended,
    calls_for,
    calls_later,
    calls_now,
    calls_of_others,
    load_call,
)
from portal.answers.rules.contacts import masked
from portal.answers.states import CallState
from portal.kernel import clock as clocks
from portal.kernel.machine import IllegalStep
from portal.kernel.permissions import NotAllowed, demand

PAGE_SIZE = 50
SHOWN = {"now": gettext_lazy("现在可以打"), "later": gettext_lazy("换个时间再打"), "ended": gettext_lazy("已结束")}


@never_cache
@require_GET
def call_list(request: Request) -> HttpResponse:
    """Show whom to call: ?show=now (default), later or ended."""
    demand(request.actor, P.CALL_SOMEBODY)
    now = clocks.installed().now()
    lists: dict[str, Callable[[], QuerySet[CallBack]]] = {
        "now": lambda: calls_now(request.actor, now),
        "later": lambda: calls_later(request.actor, now),
        "ended": lambda: calls_ended(request.actor),
    }
    shown = request.GET.get("show", "")
    shown = shown if shown in lists else "now"
    context = _frame() | {
        "page": Paginator(lists[shown](), PAGE_SIZE).get_page(request.GET.get("p")),
        "shown": shown,
        "said": f"show={shown}",
        "tabs": [(key, name, key == shown) for key, name in SHOWN.items()],
        "states": CALL_STATE,
        "attempts": settings.ANSWERS_CALL_BACKS["attempts"],
        "of_others": calls_of_others(request.actor).count(),
        "now": now,
        "held_since": now - settings.ANSWERS_CALL_BACKS["hold"],
    }
    return render(request, "portal/answers/desk/calls.html", context)


@never_cache
@require_GET
def call_page(request: Request, call_id: UUID) -> HttpResponse:
    """Show one call: the matter, the tries so far, and what comes next."""
    return _show(request, _visible(request, call_id))


@never_cache
@require_POST
def show_number(request: Request, call_id: UUID) -> HttpResponse:
    """Take the call and show the number, for this one answer of the server only."""
    _visible(request, call_id)
    try:
        number = take_call(call_id, by=request.actor, clock=clocks.installed())
    except NotAllowed as refused:
        return _show(request, load_call(call_id), refused=str(refused.reason), status=409)
    except IllegalStep:
        return _show(request, load_call(call_id), refused=_("别人已经记下了这个回访的结果。"), status=409)
    return _show(request, load_call(call_id), number=number)


@require_POST
def record(request: Request, call_id: UUID) -> HttpResponse:
    """Write the result down. What was typed is shown again when it cannot be."""
    _visible(request, call_id)
    form = CallForm(request.POST)
    if not form.is_valid():
        return _show(request, load_call(call_id), form=form, status=422)
    try:
        form.take(call_id, by=request.actor, clock=clocks.installed())
    except IllegalStep:
        form.add_error(None, _("别人已经记下了这个回访的结果。您写的内容还在，请核对。"))
        return _show(request, load_call(call_id), form=form, status=409)
    except NotAllowed as refused:
        form.add_error(None, str(refused.reason))
        return _show(request, load_call(call_id), form=form, status=409)
    messages.success(request, _("回访结果已保存。"))
    return redirect("answers_desk:calls")


def _visible(request: Request, call_id: UUID) -> CallBack:
    """Load a call that the actor may make; any other does not exist."""
    demand(request.actor, P.CALL_SOMEBODY)
    if not calls_for(request.actor).filter(pk=call_id).exists():
        raise Http404
    return load_call(call_id)


def _show(
    request: Request,
    call: CallBack,
    *,
    form: CallForm | None = None,
    number: str = "",
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    question = call.question
    telephone = question.telephone
    is_mine = call.state == CallState.OPEN and str(call.taken_by_id or "") == request.actor.id
    context = _frame(question.number) | {
        "call": call,
        "question": question,
        "state": CALL_STATE[call.state],
        "masked_number": masked(telephone) if telephone else "",
        "number": number,
        "refused": refused,
        # What was typed is not lost, even when the call has ended meanwhile.
        "form": form or (CallForm() if is_mine else None),
        "is_open": call.state == CallState.OPEN,
        "waits": call.not_before is not None and clocks.installed().now() < call.not_before,
        "attempts": settings.ANSWERS_CALL_BACKS["attempts"],
    }
    return render(request, "portal/answers/desk/call.html", context, status=status)


def _frame(here: str = "") -> dict[str, Any]:
    above = [(reverse("answers_desk:calls"), _("电话回访"))] if here else []
    return staff_header(_("电话回访"), "comment", *above, here=here)
