"""Remind staff that a promise runs out: a tick; each rung goes out once, a missed one is not made up."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from portal.answers.actions.telling import tell
from portal.answers.events import ReminderDue
from portal.answers.models import Leg, Reminder
from portal.answers.rules.reminders import (
    REPLY_DAYS_LATE,
    Rung,
    accept_ladder,
    is_office_time,
    late_ladder,
    next_rung,
    reply_ladder,
)
from portal.answers.states import OPEN, State
from portal.kernel.actors import system
from portal.kernel.clock import Clock
from portal.kernel.workdays import ONE_DAY, WorkCalendar, local_date, start_of
from portal.workdays.queries import calendar

# While the office waits for its asker nothing runs out; a merged question is its lead's to answer.
REMINDED = OPEN - {State.WAITING_ASKER, State.MERGED, State.REOPEN_REVIEW}
LAST_RUNG = f"late-{REPLY_DAYS_LATE[-1]}"
# Nobody is reminded of a reply earlier than three working days before its last day.
HORIZON_WORKING_DAYS = 4


def remind_due(clock: Clock) -> int:
    """Publish a reminder for every open question that has reached a new rung; return how many."""
    now = clock.now()
    days = calendar()
    horizon = start_of(days.working_day_after(local_date(now), HORIZON_WORKING_DAYS) + ONE_DAY)
    near = (
        Leg.objects.filter(ended_at=None, question__state__in=REMINDED, question__nearest_due__lte=horizon)
        .exclude(reminders__rung=LAST_RUNG)
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
    question = leg.question
    ladders = []
    due = question.reopen_due or min(question.reply_due, question.members_due or question.reply_due)
    # What can wait until morning waits; the 24 hours cannot.
    if is_office_time(now, days):
        if now < due:
            ladders.append(reply_ladder(due, days))
        elif not question.reply_provisional:
            ladders.append(late_ladder(due, days))
    accept_due = question.accept_due if question.accepted_at is None else leg.accept_due
    if accept_due and leg.accepted_at is None and now < accept_due:
        ladders.append(accept_ladder(accept_due))
    rungs = (next_rung(ladder, frozenset(sent), now) for ladder in ladders)
    return [rung for rung in rungs if rung]


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
            [ReminderDue(clock=rung.kind, rung=rung.name, office=str(leg.office_id)) for rung in rungs],
            by=system("clock"),
            at=now,
        )
        return len(rungs)
