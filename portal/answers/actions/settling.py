"""Verdicts: written by the step that stops a clock, or when somebody notices a breach.

Settling is idempotent and decides nothing by when it runs: a breach carries its due instant.

**Order of locks**, so that no two writers wait for each other: questions that follow no other, by
id; then merged ones, by lead and id; the journal last of all, when everything else is written.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from portal.answers.actions.telling import tell
from portal.answers.events import VerdictRecorded
from portal.answers.models import Leg, Question, Verdict
from portal.answers.rules.verdicts import ClockKind, Holding, Ruling, RunningClock, breaches, stopped
from portal.answers.states import OPEN
from portal.kernel.actors import system
from portal.kernel.clock import Clock
from portal.kernel.workdays import month_of

SETTLER = system("settling")
BATCH = 200
LOCK_ORDER = (F("lead").asc(nulls_first=True), "pk")


def settle(question: Question, leg: Leg, now: datetime) -> list[VerdictRecorded]:
    """Write the verdict of every clock of a locked question that is due; return what to publish.

    The journal names the settling process, not the person in whose turn it was noticed.
    """
    clocks = running_clocks(question, leg)
    # When the asker's time for an answer was over the question had ended, however late that is noticed.
    until = min(now, question.lapses_at or now)
    if not any(clock.due <= until and not clock.provisional for clock in clocks):
        return []
    written = Verdict.objects.filter(question=question).values_list("clock", "leg_id")
    done = {(kind, str(leg_id or "")) for kind, leg_id in written}
    rulings = [
        ruling
        for ruling in breaches(clocks, holders_of(question), until)
        if (ruling.kind.value, ruling.leg) not in done
    ]
    return record(question, rulings, now)


def settle_question(question_id: UUID, *, clock: Clock) -> int:
    """Lock one question and settle it; return how many verdicts were written."""
    with transaction.atomic():
        question = locked(question_id)
        now = clock.now()
        leg = Leg.objects.get(question=question, ended_at=None)
        noticed = settle(question, leg, now)
        schedule(question, leg, now)
        question.save(update_fields=["nearest_due", "settle_at"])
        tell(question, noticed, by=SETTLER, at=now)
        return len(noticed)


def settle_due(clock: Clock) -> int:
    """Settle the questions whose next verdict is due: the clock process's tick."""
    now = clock.now()
    due = Question.objects.filter(settle_at__lte=now).order_by("settle_at").values_list("pk", flat=True)
    return sum(settle_question(pk, clock=clock) for pk in due[:BATCH])


def locked(question_id: UUID) -> Question:
    """Lock one question until commit, its office, centre and topic loaded. Raises Question.DoesNotExist."""
    lock_all([question_id])
    return Question.objects.select_related("office", "centre", "topic").get(pk=question_id)


def lock_all(question_ids: Iterable[UUID]) -> None:
    """Lock questions until commit, in the order in which everybody does.

    They are read afterwards: PostgreSQL checks a row again that it had to wait for, by the joins
    as they were, and leaves a question out that another office has got meanwhile.
    """
    locking = Question.objects.filter(pk__in=question_ids).order_by(*LOCK_ORDER).select_for_update()
    list(locking.values_list("pk"))


def running_clocks(question: Question, leg: Leg) -> list[RunningClock]:
    """Return the clocks of an open question that still run, the present leg's own included."""
    clocks = []
    if question.accepted_at is None:
        clocks.append(RunningClock(ClockKind.ACCEPT, question.accept_due))
    if question.answered_at is None:
        if question.paused_at is None:
            clocks.append(RunningClock(ClockKind.REPLY, question.reply_due, question.reply_provisional))
        if question.plain_due is not None:
            clocks.append(RunningClock(ClockKind.PLAIN, question.plain_due, question.plain_provisional))
    elif question.reopen_due is not None:
        clocks.append(RunningClock(ClockKind.REOPEN, question.reopen_due, question.reopen_provisional))
    if leg.accept_due and leg.accepted_at is None:
        clocks.append(RunningClock(ClockKind.ACCEPT, leg.accept_due, leg=str(leg.pk)))
    return clocks


def holders_of(question: Question) -> list[Holding]:
    """Return who held the question when, from its legs."""
    return [
        Holding(str(leg.pk), str(leg.office_id), leg.started_at, leg.ended_at)
        for leg in Leg.objects.filter(question=question).order_by("number")
    ]


def stop(question: Question, leg: Leg, kind: ClockKind, now: datetime, *, of_leg: bool = False) -> Ruling | None:
    """Return the verdict of stopping one clock now; None when it was settled before."""
    for clock in running_clocks(question, leg):
        if clock.kind is kind and bool(clock.leg) is of_leg:
            return stopped(clock, now, str(leg.pk))
    return None


def record(question: Question, rulings: Sequence[Ruling], now: datetime) -> list[VerdictRecorded]:
    """Save verdicts; return what to publish, behind the events that caused them."""
    if not rulings:
        return []
    offices = dict(Leg.objects.filter(pk__in={ruling.held_by for ruling in rulings}).values_list("pk", "office"))
    Verdict.objects.bulk_create(
        [
            Verdict(
                question=question,
                leg_id=ruling.leg or None,
                clock=ruling.kind,
                outcome=ruling.outcome,
                due=ruling.due,
                held_by_id=ruling.held_by,
                office_id=offices[UUID(ruling.held_by)],
                month=month_of(ruling.occurred_at),
                is_headline=not ruling.leg and _is_headline(ruling.kind, question),
                occurred_at=ruling.occurred_at,
                recorded_at=now,
            )
            for ruling in rulings
        ]
    )
    return [_event(ruling) for ruling in rulings]


def _is_headline(kind: ClockKind, question: Question) -> bool:
    """Tell whether a verdict is on the plain seven days: the reply's, unless an extension or pause split them off."""
    return kind is (ClockKind.REPLY if question.plain_due is None else ClockKind.PLAIN)


def _event(ruling: Ruling) -> VerdictRecorded:
    return VerdictRecorded(
        occurred_at=ruling.occurred_at,
        clock=ruling.kind,
        leg=ruling.leg,
        outcome=ruling.outcome,
        due=ruling.due,
        held_by=ruling.held_by,
    )


def rank(question: Question, leg: Leg) -> None:
    """Set nearest_due, which orders the queue: a missed promise stays in front until its clock is stopped.

    The plain clock of an extended question is counted, but nobody works by it; a lead is as urgent as its members.
    """
    dates = []
    if question.state in OPEN:
        dates = [clock.due for clock in running_clocks(question, leg) if clock.kind is not ClockKind.PLAIN]
        dates += [date for date in (question.members_due, question.lapses_at) if date]
    question.nearest_due = min(dates, default=None)


def schedule(question: Question, leg: Leg, now: datetime) -> None:
    """Set the two instants that follow from the running clocks, after settling at `now`.

    settle_at is when the next verdict must be written; a provisional date has none.
    """
    rank(question, leg)
    clocks = running_clocks(question, leg) if question.state in OPEN else []
    question.settle_at = min((clock.due for clock in clocks if clock.due > now and not clock.provisional), default=None)
