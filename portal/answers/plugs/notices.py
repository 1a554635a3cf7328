"""Whom the desk tells of what: askers of every step of theirs, staff of what waits and what runs out.

The words are in `notice_kinds`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from portal.accounts.models import Office, Role
from portal.accounts.queries import holders
from portal.answers.models import CallBack, Emergency, Question
from portal.answers.plugs.notice_groups import QUESTION
from portal.answers.queries.duty import on_duty
from portal.answers.queries.told import asker_of
from portal.answers.rules.reminders import is_office_time
from portal.answers.states import CallState
from portal.journal.handlers import Told, subscribe
from portal.kernel.refs import Ref
from portal.kernel.workdays import local_date
from portal.notifications.actions import notify
from portal.notifications.addresses import Address, Channel, person
from portal.notifications.addresses import register as register_addresses
from portal.workdays.queries import calendar

# The rungs that say that a promise has just been missed.
MISSED = ("accept-late", "late-0", "again-late-0")


def addresses_of_askers(question_ids: Sequence[str]) -> Mapping[str, Sequence[Address]]:
    """Return the ways to askers without account, from their sealed contacts."""
    channel: dict[str, Channel] = {Question.ContactKind.PHONE: Channel.SMS, Question.ContactKind.EMAIL: Channel.EMAIL}
    # Who wants to be called is told by a person.
    asked = Question.objects.filter(pk__in=question_ids, contact_kind__in=channel)
    return {
        str(question.pk): [Address(channel[question.contact_kind], question.contact, question.language)]
        for question in asked
    }


register_addresses(QUESTION, addresses_of_askers)

TO_ASKER = {
    "answers.question_submitted": "answers.received",
    "answers.question_accepted": "answers.accepted",
    "answers.question_transferred": "answers.transferred",
    "answers.answer_released": "answers.answered",
    "answers.question_not_admitted": "answers.not_admitted",
    "answers.extension_granted": "answers.extended",
    "answers.clock_paused": "answers.asked",
    "answers.question_lapsed": "answers.lapsed",
    "answers.question_merged": "answers.merged",
    "answers.question_handed_over": "answers.handed_over",
    "answers.question_reopened": "answers.reopened",
    "answers.reopening_refused": "answers.not_reopened",
    "answers.reopening_answered": "answers.answered_again",
    "answers.publication_withdrawn": "answers.taken_down",
    "answers.asker_called_back": "answers.called_back",
    "answers.due_recomputed": "answers.moved",
    "answers.receipt_corrected": "answers.receipt_corrected",
}


@subscribe("answers.tell_asker", *TO_ASKER)
def tell_asker(told: Told) -> None:
    """Tell the asker of a step of theirs; of acceptance only the first time."""
    if told.name == "answers.question_accepted" and not told.payload["first"]:
        return
    if told.name == "answers.due_recomputed" and not _moved_for_people(told.payload):
        return
    if told.name == "answers.receipt_corrected" and not told.payload["moved"]:
        return
    question = _question(told)
    _notify(told, question, TO_ASKER[told.name], [asker_of(question)])


@subscribe(
    "answers.tell_staff",
    "answers.question_submitted",
    "answers.receipt_check_needed",
    "answers.question_dispatched",
    "answers.question_recalled",
    "answers.question_transferred",
    "answers.return_requested",
    "answers.refusal_proposed",
    "answers.review_requested",
    "answers.answer_released",
    "answers.reminder_due",
    "answers.extension_requested",
    "answers.extension_granted",
    "answers.extension_refused",
    "answers.helper_asked",
    "answers.helper_contributed",
    "answers.clock_resumed",
    "answers.reopening_requested",
    "answers.question_reopened",
    "answers.exclusion_objected",
)
def tell_staff(told: Told) -> None:
    """Tell the people whose turn it is."""
    question = _question(told)
    kind, people = _whose_turn(told, question)
    if people:
        _notify(told, question, kind, people)


def _whose_turn(told: Told, question: Question) -> tuple[str, list[str]]:
    payload = told.payload
    match told.name:
        case "answers.question_submitted":
            return "answers.to_screen", _at(Role.DISPATCHER, question.centre)
        case "answers.receipt_check_needed":
            checkers = [*_at(Role.DISPATCHER, question.centre), *_above(Role.LEADER, question.centre)]
            return "answers.to_check", _without(told.actor, checkers)
        case "answers.question_dispatched" | "answers.question_transferred":
            return "answers.to_accept", _at(Role.SPOKESPERSON, Office.objects.get(pk=payload["office"]))
        case "answers.question_recalled":
            return "answers.recalled", _at(Role.SPOKESPERSON, Office.objects.get(pk=payload["from_office"]))
        case "answers.return_requested":
            return "answers.to_decide", _at(Role.DISPATCHER, question.centre)
        case "answers.refusal_proposed":
            signers = [*_at(Role.DISPATCHER, question.centre), *_above(Role.LEADER, question.centre)]
            return "answers.to_sign", _without(told.actor, signers)
        case "answers.review_requested":
            signers = [*_at(Role.SPOKESPERSON, question.office), *_above(Role.LEADER, question.office)]
            return "answers.to_sign", _without(told.actor, signers)
        case "answers.answer_released":
            proposed = payload["publication"] == "proposed"
            return "answers.to_publish", _above(Role.EDITOR, question.office) if proposed else []
        case "answers.reminder_due":
            return _reminder(told, question)
        case "answers.extension_requested":
            return "answers.to_extend", _superiors(question)
        case "answers.extension_granted" | "answers.extension_refused":
            return "answers.extension_decided", _handlers(question.office)
        case "answers.helper_asked":
            return "answers.to_help", _handlers(Office.objects.get(pk=payload["office"]))
        case "answers.helper_contributed":
            return "answers.helped", _handlers(question.office)
        case "answers.clock_resumed":
            return "answers.supplied", _handlers(question.office)
        case "answers.reopening_requested":
            return "answers.to_reopen", _superiors(question)
        case "answers.exclusion_objected":
            return "answers.objected", _handlers(question.office)
        case "answers.question_reopened":
            return "answers.to_answer_again", _handlers(question.office)
    return "", []


def _reminder(told: Told, question: Question) -> tuple[str, list[str]]:
    """Before the end: whoever works on it; after it: those above. At night only whoever is on duty."""
    rung = told.payload["rung"]
    if told.payload["office"] != str(question.office_id):
        return "", []  # passed on before it could be told: the next office has reminders of its own
    if rung in MISSED:
        return "answers.missed", [*_handlers(question.office), *_above(Role.LEADER, question.office)]
    if "late-" in rung:
        step = f"late_{rung.rpartition('-')[2]}"
        return f"answers.{step}", [*_above(Role.LEADER, question.office), *_superiors(question)]
    if told.payload["clock"] == "accept" and not is_office_time(told.occurred_at, calendar()):
        duty = [person(user.pk) for user in on_duty(question.office_id, local_date(told.occurred_at))]
        return "answers.accept_runs_out", duty or _handlers(question.office)
    kind = "accept_runs_out" if told.payload["clock"] == "accept" else "reply_runs_out"
    return f"answers.{kind}", _reminded(rung.rpartition("-")[2], question.office)


def _reminded(rung: str, office: Office) -> list[str]:
    """Three days before: who writes; one day before: who speaks; on the last day: the leader too."""
    if rung == "T3":
        return _at(Role.OFFICER, office) or _handlers(office)
    if rung == "T0":
        return [*_handlers(office), *_above(Role.LEADER, office)]
    return _handlers(office)


def _handlers(office: Office) -> list[str]:
    return _at(Role.DISPATCHER if office.is_centre else Role.SPOKESPERSON, office)


def _callers(question: Question) -> list[str]:
    """Return who may get in touch with the asker: the office, or of a confidential question the centre alone."""
    return _at(Role.DISPATCHER, question.centre) if question.confidential else _handlers(question.office)


def _moved_for_people(payload: Mapping[str, Any]) -> bool:
    """Tell whether a date moved that somebody waits for: not one that only became certain, nor the plain one."""
    old, new = (datetime.fromisoformat(payload[name]) for name in ("old_due", "due"))
    return payload["clock"] != "plain" and new != old


def _superiors(question: Question) -> list[str]:
    """Return the leaders above the office; where there is nobody, those of the centre."""
    above = question.office.get_parent()
    return (_above(Role.LEADER, above) if above else []) or _above(Role.LEADER, question.centre)


def _at(role: str, office: Office) -> list[str]:
    return [person(user.pk) for user in holders(role, office.pk)]


def _above(role: str, office: Office) -> list[str]:
    """Return who holds `role` at the office, or else at the nearest office above it."""
    for candidate in [office, *reversed(office.get_ancestors())]:
        if people := _at(role, candidate):
            return people
    return []


def _without(actor: str, people: Iterable[str]) -> list[str]:
    """Leave out the one who acted: nobody signs what is their own."""
    return [one for one in people if one.partition(":")[2] != actor.partition(":")[2]]


def _question(told: Told) -> Question:
    return Question.objects.select_related("office", "centre").get(pk=Ref.parse(told.aggregate).id)


def _notify(told: Told, question: Question, kind: str, people: Iterable[str]) -> None:
    dues = {"accept_due": question.accept_due, "reply_due": question.reply_due}
    if told.name == "answers.reminder_due":  # of a leg, of a second round, of another asker who waits for this answer
        about = "accept_due" if told.payload["clock"] == "accept" else "reply_due"
        dues[about] = datetime.fromisoformat(told.payload["due"])
    notify(
        position=told.position,
        recipients=people,
        kind=kind,
        ref=question.ref,
        params={"number": question.number} | dues,
        at=told.occurred_at,
        language=question.language,
    )


@subscribe("answers.tell_of_lost", "notifications.lost")
def tell_of_lost(told: Told) -> None:
    """Tell the office when what its asker has a right to did not arrive over any channel."""
    ref = Ref.parse(told.payload["ref"])
    if ref.kind != QUESTION:
        return
    question = Question.objects.select_related("office", "centre").get(pk=ref.id)
    if told.payload["recipient"] == asker_of(question):
        _notify(told, question, "answers.undelivered", _callers(question))


@subscribe("answers.tell_callers", "answers.calls_drawn")
def tell_callers(told: Told) -> None:
    """Tell the dispatchers of every centre that has somebody to call."""
    waiting = CallBack.objects.filter(draw=UUID(Ref.parse(told.aggregate).id), state=CallState.OPEN)
    for centre in Office.objects.filter(pk__in=waiting.values("question__centre")):
        notify(
            position=told.position,
            recipients=_at(Role.DISPATCHER, centre),
            kind="answers.to_call",
            ref=told.aggregate,
            params={"due": datetime.fromisoformat(told.payload["due"])},
            at=told.occurred_at,
        )


@subscribe("answers.tell_teller", "answers.answer_released", "answers.reopening_answered")
def tell_teller(told: Told) -> None:
    """Ask somebody to telephone where the asker waits for a call."""
    question = _question(told)
    if question.contact_kind == Question.ContactKind.CALL:
        _notify(told, question, "answers.to_tell", _callers(question))


@subscribe("answers.tell_of_statement", "answers.statement_published")
def tell_of_statement(told: Told) -> None:
    """Give a statement to every asker whose question belongs to the emergency."""
    for question in Question.objects.filter(emergency_id=Ref.parse(told.aggregate).id):
        _notify(told, question, "answers.statement", [asker_of(question)])


@subscribe(
    "answers.tell_of_emergency",
    "answers.emergency_opened",
    "answers.emergency_lead_named",
    "answers.emergency_clock_missed",
)
def tell_of_emergency(told: Told) -> None:
    """Tell those whose turn it is in an emergency."""
    emergency = Emergency.objects.select_related("centre", "lead").get(pk=Ref.parse(told.aggregate).id)
    centre = [*_at(Role.DISPATCHER, emergency.centre), *_above(Role.LEADER, emergency.centre)]
    kind, people = {
        "answers.emergency_opened": ("to_name_lead", centre),
        "answers.emergency_lead_named": ("to_lead", _handlers(emergency.lead) if emergency.lead else []),
        "answers.emergency_clock_missed": ("emergency_missed", centre),
    }[told.name]
    notify(
        position=told.position,
        recipients=dict.fromkeys(people),
        kind=f"answers.{kind}",
        ref=told.aggregate,
        params={},
        at=told.occurred_at,
    )
