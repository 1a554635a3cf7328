"""Rapid response: name a lead, say a first word within four hours, and go on saying one every day.

Each write is one transaction like a turn of a question: lock, read the clock once, write what was
missed, decide, save, publish. The clocks of the questions are touched by none of it.
"""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from portal.accounts.models import Office
from portal.answers.actions.settling import LOCK_ORDER
from portal.answers.events import (
    EmergencyClockMissed,
    EmergencyClosed,
    EmergencyLeadNamed,
    EmergencyOpened,
    QuestionAttached,
    StatementPublished,
)
from portal.answers.models import Emergency, Question, Statement
from portal.answers.permissions import STEP_PERMISSION, P
from portal.answers.queries.visibility import desk_of
from portal.answers.reasons import NO_SUCH_QUESTION, NOT_AN_OFFICE
from portal.answers.rules.emergencies import Limits, RunningLimit, missed
from portal.answers.states import EMERGENCY, OPEN, EmergencyState
from portal.journal.publishing import publish
from portal.kernel.actors import Actor, system
from portal.kernel.clock import Clock
from portal.kernel.events import Event
from portal.kernel.permissions import NotAllowed, demand
from portal.kernel.refs import commit
from portal.workdays.rules.promises import hours_after

WATCHER = system("clock")


class Overtaken(Exception):
    """Raised when the emergency has changed since the form was shown: nothing is told twice by a double click."""


def open_emergency(
    *, title: str, place: str, centre_id: UUID, question_ids: Sequence[UUID], by: Actor, clock: Clock
) -> Emergency:
    """Open an emergency with the questions that showed it. Raises NotAllowed."""
    limits = emergency_limits()
    with transaction.atomic():
        centre = Office.objects.get(pk=centre_id, is_centre=True)
        demand(by, P.OPEN_EMERGENCY)
        now = clock.now()
        emergency = Emergency(
            title=title,
            place=place,
            centre=centre,
            opened_by_id=by.id,
            opened_at=now,
            lead_due=hours_after(now, limits.lead),
            statement_due=hours_after(now, limits.statement),
        )
        demand(by, P.ATTACH, emergency)
        emergency.save(force_insert=True)
        events: list[Event] = [
            EmergencyOpened(centre=str(centre.pk), lead_due=emergency.lead_due, statement_due=emergency.statement_due)
        ]
        events += _attach(emergency, _free(by).filter(pk__in=question_ids))
        publish(*events, about=emergency.ref, by=by, at=now)
    return emergency


def name_lead(emergency_id: UUID, *, office_id: UUID, by: Actor, clock: Clock, seen: int | None = None) -> Emergency:
    """Say which office speaks for all. Raises NotAllowed."""
    with _turn(emergency_id, "name_lead", by=by, clock=clock, seen=seen) as (emergency, now, events):
        office = Office.objects.filter(pk=office_id, is_active=True, takes_questions=True).first()
        if office is None:
            raise NotAllowed(NOT_AN_OFFICE)
        emergency.lead = office
        emergency.lead_named_at = now
        events.append(EmergencyLeadNamed(office=str(office.pk), in_time=now < emergency.lead_due))
    return emergency


def publish_statement(emergency_id: UUID, *, text: str, by: Actor, clock: Clock, seen: int | None = None) -> Statement:
    """Tell the public, and every asker, what is known; it stops no question's clock. Raises NotAllowed."""
    limits = emergency_limits()
    with _turn(emergency_id, "publish_statement", by=by, clock=clock, seen=seen) as (emergency, now, events):
        due = emergency.statement_due if emergency.first_statement_at is None else emergency.update_due
        key = secrets.token_bytes(32)
        statement = Statement.objects.create(
            emergency=emergency,
            number=emergency.statements.count() + 1,
            text=text,
            text_key=key,
            office=emergency.lead or emergency.centre,
            published_by_id=by.id,
            published_at=now,
        )
        emergency.first_statement_at = emergency.first_statement_at or now
        emergency.update_due = hours_after(now, limits.update)
        events.append(
            StatementPublished(
                number=statement.number,
                in_time=due is not None and now < due,
                update_due=emergency.update_due,
                text_commitment=commit(key, text),
            )
        )
    return statement


def attach(emergency_id: UUID, *, number: str, by: Actor, clock: Clock, seen: int | None = None) -> Emergency:
    """Let a further open question belong to it, by its number. Raises NotAllowed."""
    with _turn(emergency_id, "attach", by=by, clock=clock, seen=seen) as (emergency, _now, events):
        attached = _attach(emergency, _free(by).filter(number=number))
        if not attached:
            raise NotAllowed(NO_SUCH_QUESTION)
        events.extend(attached)
    return emergency


def close_emergency(emergency_id: UUID, *, by: Actor, clock: Clock, seen: int | None = None) -> Emergency:
    """It is over: the banner goes, the statements stay readable, the questions go their way."""
    with _turn(emergency_id, "close_emergency", by=by, clock=clock, seen=seen) as (emergency, now, events):
        emergency.closed_at = now
        events.append(EmergencyClosed())
    return emergency


def watch_emergencies(clock: Clock) -> int:
    """Write what was missed, with the due instant, however late it is noticed. A tick."""
    written = 0
    for pk in Emergency.objects.exclude(state=EmergencyState.CLOSED).values_list("pk", flat=True):
        with transaction.atomic():
            emergency = _locked(pk)
            now = clock.now()
            found = _note_missed(emergency, now)
            if found:
                emergency.save()
                publish(*found, about=emergency.ref, by=WATCHER, at=now)
            written += len(found)
    return written


def emergency_limits() -> Limits:
    """Return the operator's limits."""
    return Limits(**settings.ANSWERS_EMERGENCY)


@contextmanager
def _turn(
    emergency_id: UUID, step: str, *, by: Actor, clock: Clock, seen: int | None
) -> Iterator[tuple[Emergency, datetime, list[Event]]]:
    with transaction.atomic():
        emergency = _locked(emergency_id)
        now = clock.now()
        if seen is not None and seen != emergency.version:
            raise Overtaken
        demand(by, STEP_PERMISSION[step], emergency)
        target = EMERGENCY.next_state(emergency.state, step)
        found = _note_missed(emergency, now)
        events: list[Event] = []
        yield emergency, now, events
        emergency.state = target
        emergency.version += 1
        emergency.save()
        publish(*found, about=emergency.ref, by=WATCHER, at=now)
        publish(*events, about=emergency.ref, by=by, at=now)


def _locked(emergency_id: UUID) -> Emergency:
    # Read after the lock: through a join the office that leads since a moment ago would be missed.
    Emergency.objects.select_for_update().values_list("pk").get(pk=emergency_id)
    return Emergency.objects.select_related("centre", "lead").get(pk=emergency_id)


def _note_missed(emergency: Emergency, now: datetime) -> list[EmergencyClockMissed]:
    """Mark the limits of a locked emergency that have run out and return their events."""
    running = []
    if emergency.lead_named_at is None and not emergency.lead_missed:
        running.append(RunningLimit("lead", emergency.lead_due))
    if emergency.first_statement_at is None and not emergency.statement_missed:
        running.append(RunningLimit("statement", emergency.statement_due))
    if emergency.update_due is not None:
        running.append(RunningLimit("update", emergency.update_due))
    found = missed(running, now)
    for limit in found:
        if limit.name == "update":
            emergency.update_due = None  # until the next word
        else:
            setattr(emergency, f"{limit.name}_missed", True)
    return [EmergencyClockMissed(clock=limit.name, due=limit.due, occurred_at=limit.due) for limit in found]


def _free(actor: Actor) -> QuerySet[Question]:
    """Return the open questions that `actor` sees and that belong to no emergency yet."""
    return desk_of(actor).filter(state__in=sorted(OPEN), emergency=None)


def _attach(emergency: Emergency, questions: QuerySet[Question]) -> list[QuestionAttached]:
    """Let questions belong to it; not what was said in confidence: that somebody asked is part of it."""
    attached = []
    for question in questions.filter(confidential=False).order_by(*LOCK_ORDER):
        Question.objects.filter(pk=question.pk).update(emergency=emergency)
        attached.append(QuestionAttached(question=str(question.pk)))
    return attached
