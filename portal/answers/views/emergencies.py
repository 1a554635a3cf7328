"""Emergencies: for staff with their clocks and hot topics, for the public as statements."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from portal.accounts.headers import staff_header
from portal.accounts.requests import Request
from portal.answers.actions import emergencies as actions
from portal.answers.forms.emergencies import AttachForm, EmergencyForm, LeadForm, OpenForm, StatementForm
from portal.answers.labels import EMERGENCY_STATE, STEP
from portal.answers.models import Emergency
from portal.answers.permissions import P
from portal.answers.queries.emergencies import emergencies_seen_by, hot_topics, public_emergencies
from portal.answers.states import EMERGENCY, EmergencyState
from portal.answers.views.ids import uuids
from portal.kernel import clock as clocks
from portal.kernel.machine import IllegalStep
from portal.kernel.permissions import NotAllowed, can, demand
from portal.ui.caching import public_page

SHOWN_CLOSED = 50


@never_cache
@require_GET
def emergency_list(request: Request) -> HttpResponse:
    """Show what happens now, what looks like the beginning of something, and what is over.

    ?topic=<id of a question>: begin to register the hot topic that it belongs to.
    """
    demand(request.actor, P.SEE_DESK)
    return _list(request, None, 200)


@require_POST
def open_emergency(request: Request) -> HttpResponse:
    """Open an emergency, from a hot topic or from a telephone call."""
    demand(request.actor, P.SEE_DESK)
    demand(request.actor, P.OPEN_EMERGENCY)
    form = OpenForm(request.POST, actor=request.actor)
    if not form.is_valid():
        return _list(request, form, 422)
    typed = form.cleaned_data
    try:
        emergency = actions.open_emergency(
            title=typed["title"],
            place=typed["place"],
            centre_id=typed["centre"].pk,
            question_ids=uuids(typed["questions"].split(",")),
            by=request.actor,
            clock=clocks.installed(),
        )
    except NotAllowed as refused:
        form.add_error(None, str(refused.reason))
        return _list(request, form, 403)
    return redirect("answers_desk:emergency", emergency_id=emergency.pk)


@never_cache
@require_GET
def emergency_case(request: Request, emergency_id: UUID) -> HttpResponse:
    """Show one emergency with its limits, its questions and what was said."""
    demand(request.actor, P.SEE_DESK)
    return _case(request, _emergency(request, emergency_id), {}, 200)


@require_POST
def emergency_step(request: Request, emergency_id: UUID, step: str) -> HttpResponse:
    """Take one step; what was typed is shown again when it cannot be taken."""
    demand(request.actor, P.SEE_DESK)
    if step not in STEPS:
        raise Http404
    emergency = _emergency(request, emergency_id)
    demand(request.actor, PERMISSION[step], emergency)
    form_class, take = STEPS[step]
    form = form_class(request.POST, auto_id=_ids(step))
    if not form.is_valid():
        return _again(request, emergency_id, step, form, 422)
    try:
        take(emergency_id, **form.cleaned_data, by=request.actor, clock=clocks.installed())
    except actions.Overtaken:
        form.add_error(None, _("您打开页面之后，这起事件有了变化。请看现在的情况，再决定是否继续；您写的内容还在。"))
        return _again(request, emergency_id, step, form, 409)
    except IllegalStep:
        form.add_error(None, _("这一步现在不能做了：状态已经变化。您写的内容还在。"))
        return _again(request, emergency_id, step, form, 409)
    except NotAllowed as refused:
        form.add_error(None, str(refused.reason))
        return _again(request, emergency_id, step, form, 403)
    messages.success(request, _("已完成。"))
    return redirect("answers_desk:emergency", emergency_id=emergency_id)


@require_safe
@public_page()
def statements(request: Request) -> HttpResponse:
    """Show the public what was said about what, the newest first."""
    return render(
        request, "portal/answers/public/statements.html", {"emergencies": public_emergencies()[:SHOWN_CLOSED]}
    )


# Each with its form and its action; the action takes what the form's fields are called.
STEPS: dict[str, tuple[type[EmergencyForm], Callable[..., object]]] = {
    "name_lead": (LeadForm, actions.name_lead),
    "publish_statement": (StatementForm, actions.publish_statement),
    "attach": (AttachForm, actions.attach),
    "close_emergency": (EmergencyForm, actions.close_emergency),
}
PERMISSION = {
    "name_lead": P.NAME_LEAD,
    "publish_statement": P.PUBLISH_STATEMENT,
    "attach": P.ATTACH,
    "close_emergency": P.CLOSE_EMERGENCY,
}


def _emergency(request: Request, emergency_id: UUID) -> Emergency:
    found = get_object_or_404(Emergency.objects.select_related("centre", "lead", "opened_by"), pk=emergency_id)
    if not can(request.actor, P.VIEW_EMERGENCY, found):
        raise Http404
    return found


def _list(request: Request, bound: OpenForm | None, status: int) -> HttpResponse:
    now = clocks.installed().now()
    seen = emergencies_seen_by(request.actor)
    may_open = bool(can(request.actor, P.OPEN_EMERGENCY))
    topics = [
        {"questions": found, "ids": ",".join(str(one.pk) for one in found), "first": found[0]}
        for found in hot_topics(request.actor, now)
    ]
    chosen = next((topic for topic in topics if str(topic["first"].pk) == request.GET.get("topic")), None)
    context = {
        "open": [one for one in seen if one.state != EmergencyState.CLOSED],
        "closed": [one for one in seen if one.state == EmergencyState.CLOSED][:SHOWN_CLOSED],
        "topics": topics,
        "now": now,
        "limits": actions.emergency_limits(),
        "form": bound or OpenForm(actor=request.actor, initial=_begun(chosen)) if may_open else None,
        "chosen": chosen,
        **staff_header(_("应急快速响应"), "warning"),
    }
    return render(request, "portal/answers/desk/emergencies.html", context, status=status)


def _again(request: Request, emergency_id: UUID, step: str, form: EmergencyForm, status: int) -> HttpResponse:
    """Show the emergency as it is now, with what was typed; the next try is made knowing it."""
    fresh = _emergency(request, emergency_id)
    form.data = form.data.copy()
    form.data["seen"] = str(fresh.version)
    return _case(request, fresh, {step: form}, status)


def _case(request: Request, emergency: Emergency, bound: dict[str, EmergencyForm], status: int) -> HttpResponse:
    steps = EMERGENCY.open_steps(emergency.state, lambda step: can(request.actor, PERMISSION[step.name], emergency))
    names = [step.name for step in steps] + [name for name in bound if name not in {step.name for step in steps}]
    context = {
        "emergency": emergency,
        "state": EMERGENCY_STATE[emergency.state],
        "now": clocks.installed().now(),
        "statements": emergency.statements.select_related("office", "published_by"),
        "questions": emergency.questions.select_related("office").order_by("submitted_at"),
        "forms": [(name, STEP[name], bound.get(name) or _fresh(name, emergency)) for name in names],
        **staff_header(emergency.title, "warning", (reverse("answers_desk:emergencies"), _("应急快速响应"))),
    }
    return render(request, "portal/answers/desk/emergency.html", context, status=status)


def _begun(topic: dict[str, Any] | None) -> dict[str, Any]:
    """Return what the form of a hot topic starts with; whoever registers it reads the title before the public does."""
    if topic is None:
        return {}
    first = topic["first"]
    return {"title": first.title, "place": first.place, "centre": first.centre_id, "questions": topic["ids"]}


def _fresh(step: str, emergency: Emergency) -> EmergencyForm:
    return STEPS[step][0](initial={"seen": emergency.version}, auto_id=_ids(step))


def _ids(step: str) -> str:
    """Four forms stand on one page: let no two fields have one id."""
    return f"id_{step}_%s"
