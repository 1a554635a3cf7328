"""Remind staff that a promise runs out: a tick; each rung goes out once, a missed one is not made up."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from portal.answers.actions.telling import tell
from portal.answers.events import ReminderDue
from portal.answers.models import Leg, Question, Reminder
from portal.answers.rules.reminders import (
    AFTER,
    REPLY_DAYS_LATE,
    Rung,
    accept_ladder,
    accept_missed,
    is_office_time,
    late_ladder,
    next_rung,
    reply_ladder,
)
from portal.answers.rules.verdicts import ClockKind
from portal.answers.states import OPEN, State
from portal.kernel.actors import system
from portal.kernel.clock import Clock
from portal.kernel.workdays import ONE_DAY, WorkCalendar, local_date, start_of
from portal.workdays.queries import calendar

# While the office waits for its asker nothing runs out; a merged question is its lead's to answer.
REMINDED = OPEN - {State.WAITING_ASKER, State.MERGED, State.REOPEN_REVIEW}
# Behind these nothing follows.
LAST_RUNG, LAST_RUNG_AGAIN = (f"{AFTER[kind]}-{REPLY_DAYS_LATE[-1]}" for kind in (ClockKind.REPLY, ClockKind.REOPEN))
# Nobody is reminded of a reply earlier than three working days before its last day.
HORIZON_WORKING_DAYS = 4


def remind_due(clock: Clock) -> int:
    """Publish a reminder for every open question that has reached a new rung; return how many."""
    now = clock.now()
    days = calendar()
    horizon = start_of(days.working_day_after(local_date(now), HORIZON_WORKING_DAYS) + ONE_DAY)
    near = (
        Leg.objects.filter(ended_at=None, question__state__in=REMINDED, question__nearest_due__lte=horizon)
        .exclude(reminders__rung=LAST_RUNG, question__reopen_due=None)
        .exclude(reminders__rung=LAST_RUNG_AGAIN)
        .select_related("question")
    )
    sent = _sent(near.values_list("pk", flat=True))
    return sum(
        _remind(leg.pk, clock) for leg in near.iterator(chunk_size=500) if _due_rungs(leg, sent[leg.pk], now, days)
    )


def _sent(leg_ids: Iterable[UUID]) -> defaultdict[UUID, set[str]]:
    sent: defaultdict[UUID, set[str]] = defaultdict(set)
    for leg_id, rung in Reminder.objects.filter(leg__in=leg_ids).values_list("leg_id", "rung"):
        sent[leg_id].add(rung)
    return sent


def _due_rungs(leg: Leg, sent: set[str], now: datetime, days: WorkCalendar) -> list[Rung]:
    """Return at most one rung per clock of a leg: what must be said at `now` and was not said yet."""
    accepts, replies = _dues(leg)
    ladders = [accept_ladder(min(due for due in accepts if now < due))] if any(now < due for due in accepts) else []
    # What can wait until morning waits; the 24 hours cannot.
    if is_office_time(now, days):
        question, due = leg.question, min(replies)
        kind = ClockKind.REOPEN if question.reopen_due else ClockKind.REPLY
        if now < due:
            ladders.append(reply_ladder(due, days, kind))
        elif not (question.reopen_provisional if question.reopen_due else question.reply_provisional):
            ladders.append(late_ladder(due, days, kind))
        if any(due <= now for due in accepts):
            ladders.append(accept_missed(min(accepts)))
    rungs = (next_rung(ladder, frozenset(sent), now) for ladder in ladders)
    return [rung for rung in rungs if rung]


def _dues(leg: Leg) -> tuple[list[datetime], list[datetime]]:
    """Return by when whoever holds a question must accept, and by when answer, for its own asker and those merged into it."""
    question = leg.question
    followers = Question.objects.filter(lead=question, state=State.MERGED)
    together = [question, *(followers if question.members_due is not None else ())]
    accepts = [one.accept_due for one in together if one.accepted_at is None]
    if leg.accept_due is not None and leg.accepted_at is None:
        accepts.append(leg.accept_due)
    return accepts, [question.reopen_due] if question.reopen_due else [one.reply_due for one in together]


def _remind(leg_id: UUID, clock: Clock) -> int:
    with transaction.atomic():
        leg = (
            Leg.objects.select_for_update(of=("self",))
            .select_related("question__office", "question__centre")
            .get(pk=leg_id)
        )
        now = clock.now()
        if leg.ended_at is not None or leg.question.state not in REMINDED:
            return 0
        sent = set(Reminder.objects.filter(leg=leg).values_list("rung", flat=True))
        rungs = _due_rungs(leg, sent, now, calendar())
        Reminder.objects.bulk_create(
            [Reminder(question=leg.question, leg=leg, rung=rung.name, sent_at=now) for rung in rungs]
        )
        tell(
            leg.question,
            [ReminderDue(clock=rung.kind, rung=rung.name, office=str(leg.office_id), due=rung.due) for rung in rungs],
            by=system("clock"),
            at=now,
        )
        return len(rungs)
