"""What people choose about among the desk's notices, and of which of them the day can have gone by."""

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from portal.answers.models import CallDraw, Emergency, Question
from portal.answers.states import CHECKABLE, OFFERED, OPEN, UNSORTED, WITH_CENTRE, EmergencyState, Publication, State
from portal.kernel.refs import Ref
from portal.notifications.addresses import PERSON
from portal.notifications.groups import Group, register

QUESTION = "portal.answers.question"
# By account, or by the contact that was left on the question.
ASKERS = (PERSON, QUESTION)

MY_QUESTIONS = register(
    Group(
        key="answers.own",
        name=_("我的提问"),
        about=_("受理、转办、延期、答复等每一步进展。"),
        order=10,
        recipients=ASKERS,
    )
)
STATEMENTS = register(
    Group(
        key="answers.statements",
        name=_("突发事件通报"),
        about=_("我提的问题涉及突发事件时，每一次通报。"),
        order=20,
        recipients=ASKERS,
    )
)
TURNS = register(
    Group(key="answers.turns", name=_("待办事项"), about=_("轮到我办理、审签或决定的问题。"), order=30, for_staff=True)
)
REMINDERS = register(
    Group(key="answers.reminders", name=_("时限提醒"), about=_("时限将到或已过的问题。"), order=40, for_staff=True)
)
EMERGENCIES = register(
    Group(
        key="answers.emergencies",
        name=_("突发事件处置"),
        about=_("须我指定牵头、通报的突发事件。"),
        order=50,
        for_staff=True,
    )
)

StillTrue = Callable[[Collection[str]], Collection[str]]


def _while(model: type[Model], **conditions: Any) -> StillTrue:
    """Return a check that keeps the references whose row meets the conditions. One query."""

    def holds(refs: Collection[str]) -> Collection[str]:
        by_id = {Ref.parse(ref).id: ref for ref in refs}
        found = model._default_manager.filter(pk__in=by_id, **conditions).values_list("pk", flat=True)
        return {by_id[str(pk)] for pk in found}

    return holds


def _while_in(states: Collection[State]) -> StillTrue:
    return _while(Question, state__in=states)


NOT_ACCEPTED = WITH_CENTRE | OFFERED | {State.RETURN_REQUESTED}

# By the kind's key without its app. What is not listed tells of something that has happened.
STILL_TRUE: dict[str, StillTrue] = {
    "to_screen": _while_in(UNSORTED),
    "to_check": _while(Question, state__in=CHECKABLE, intake__check_state="open"),
    "to_accept": _while_in(OFFERED),
    "to_tell": _while(Question, told_at=None),
    "to_decide": _while_in({State.RETURN_REQUESTED}),
    "to_sign": _while_in({State.REVIEW, State.REFUSAL_REVIEW}),
    "to_publish": _while(Question, publication=Publication.PROPOSED),
    "to_extend": _while(Question, extensions__decision="open"),
    "to_reopen": _while_in({State.REOPEN_REVIEW}),
    "to_help": _while_in(OPEN),
    "to_call": _while(CallDraw, opened_at=None),
    "to_answer_again": _while_in(OPEN),
    "accept_runs_out": _while_in(NOT_ACCEPTED),
    "reply_runs_out": _while_in(OPEN),
    "missed": _while_in(OPEN),
    "late_2": _while_in(OPEN),
    "late_5": _while_in(OPEN),
    "to_name_lead": _while(Emergency, lead=None, state=EmergencyState.OPENED),
    "to_lead": _while(Emergency, first_statement_at=None, state=EmergencyState.LED),
    "emergency_missed": _while(Emergency, closed_at=None),
}
