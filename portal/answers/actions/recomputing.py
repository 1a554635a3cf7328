"""Count the open clocks anew when the calendar has changed: in batches, resumable, an event per moved date."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from portal.answers.actions.settling import running_clocks, schedule
from portal.answers.events import DueRecomputed
from portal.answers.models import Clarification, Leg, Question, Recomputation, Reopening
from portal.answers.rules.deadlines import Pause, reopened_deadline, reply_deadline
from portal.answers.rules.recounting import recounted
from portal.answers.rules.verdicts import ClockKind
from portal.answers.states import OPEN
from portal.journal.publishing import publish_batch
from portal.kernel.actors import system
from portal.kernel.clock import Clock
from portal.kernel.workdays import Due, WorkCalendar, working_days_due
from portal.workdays.queries import calendar
from portal.workdays.rules.promises import REPLY_WORKING_DAYS

BATCH = 1000
RECOUNTER = system("recomputing")
# Which of a question's columns hold the date of which clock.
COLUMNS = {
    ClockKind.REPLY: ("reply_due", "reply_provisional"),
    ClockKind.PLAIN: ("plain_due", "plain_provisional"),
    ClockKind.REOPEN: ("reopen_due", "reopen_provisional"),
}


def begin_recomputation(edition: int, *, clock: Clock) -> None:
    """Note that the open clocks are to be counted by `edition`; an older count that still runs is overtaken."""
    now = clock.now()
    with transaction.atomic():
        Recomputation.objects.filter(finished_at=None, edition__lt=edition).update(finished_at=now)
        Recomputation.objects.get_or_create(
            edition=edition, defaults={"total": _open_questions().count(), "began_at": now}
        )


def recompute_some(clock: Clock) -> int:
    """Count the next batch anew, in one transaction; return how many questions were looked at, 0 when all are."""
    with transaction.atomic():
        work = Recomputation.objects.select_for_update().filter(finished_at=None).order_by("edition").first()
        if work is None:
            return 0
        behind = _open_questions().filter(pk__gt=work.reached).order_by("pk")
        batch = list(behind.select_for_update(of=("self",)).select_related("office", "centre")[:BATCH])
        now = clock.now()
        moved = _recount(batch, calendar(), now)
        work.done += len(batch)
        work.moved += moved
        if batch:
            work.reached = batch[-1].pk
        else:
            work.finished_at = now
        work.save()
        return len(batch)


def _open_questions() -> QuerySet[Question]:
    return Question.objects.filter(Q(answered_at=None) | Q(reopen_due__isnull=False), state__in=sorted(OPEN))


@dataclass(frozen=True)
class _Moved:
    kind: ClockKind
    old: datetime
    due: Due


def _recount(batch: list[Question], days: WorkCalendar, now: datetime) -> int:
    """Move the dates of a locked batch; return how many moved."""
    legs = {leg.question_id: leg for leg in Leg.objects.filter(question__in=batch, ended_at=None)}
    waited = Clarification.objects.filter(question__in=batch)
    pauses = {one.question_id: Pause(one.asked_at, one.answered_at) for one in waited if one.answered_at}
    reopened = Reopening.objects.filter(question__in=[one for one in batch if one.reopen_due])
    granted = {one.question_id: one.decided_at for one in reopened}
    told = []
    changed = []
    for question in batch:
        events = []
        for move in _moves(question, days, now, pauses.get(question.pk), granted.get(question.pk)):
            due, provisional = COLUMNS[move.kind]
            setattr(question, due, move.due.instant)
            setattr(question, provisional, move.due.provisional)
            events.append(
                DueRecomputed(
                    clock=move.kind,
                    old_due=move.old,
                    due=move.due.instant,
                    provisional=move.due.provisional,
                    calendar=days.version,
                    desks=tuple(dict.fromkeys([question.office.path, question.centre.path])),
                )
            )
        if not events:
            continue
        question.calendar = days.version
        question.version += 1
        _reschedule(question, legs[question.pk], now)
        changed.append(question)
        told.append((question.ref, events))
    fields = [name for pair in COLUMNS.values() for name in pair] + ["calendar", "version", "nearest_due", "settle_at"]
    # An upsert of rows that are there, and locked: ten times as fast as a bulk update's CASE for every column.
    Question.objects.bulk_create(changed, update_conflicts=True, unique_fields=["id"], update_fields=fields)
    publish_batch(told, by=RECOUNTER, at=now)
    return sum(len(events) for _about, events in told)


def _moves(
    question: Question, days: WorkCalendar, now: datetime, pause: Pause | None, reopened_at: datetime | None
) -> list[_Moved]:
    counted: dict[ClockKind, Due] = {}
    if question.answered_at is None:
        pauses = [pause] if pause else []
        counted[ClockKind.REPLY] = reply_deadline(
            question.submitted_at, days, extension=question.extended_by, pauses=pauses
        )
        if question.plain_due:
            counted[ClockKind.PLAIN] = working_days_due(question.submitted_at, days, days=REPLY_WORKING_DAYS)
    elif reopened_at:
        counted[ClockKind.REOPEN] = reopened_deadline(reopened_at, days)
    moves = []
    for kind, due in counted.items():
        promised, was_provisional = (getattr(question, name) for name in COLUMNS[kind])
        # While the office waits for its asker the date stands for nothing; it is counted when the clock runs on.
        if kind is ClockKind.REPLY and question.paused_at:
            continue
        if new := recounted(promised, was_provisional, due, now):
            moves.append(_Moved(kind, promised, new))
    return moves


def _reschedule(question: Question, leg: Leg, now: datetime) -> None:
    schedule(question, leg, now)
    # A date that was an expectation and has passed is a breach now: the next tick writes it.
    passed = [one.due for one in running_clocks(question, leg) if one.due <= now and not one.provisional]
    if passed:
        question.settle_at = min(passed)
