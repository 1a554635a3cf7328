"""What a change of the calendar does to the dates of an open question: later perhaps, earlier never."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from portal.answers.rules.deadlines import Pause, reopened_deadline, reply_deadline
from portal.answers.rules.verdicts import ClockKind
from portal.kernel.workdays import Due, WorkCalendar, working_days_due
from portal.workdays.rules.promises import REPLY_WORKING_DAYS


@dataclass(frozen=True)
class OpenDates:
    """What the dates of an open question hang on.

    promised: the date that people were told for each clock there is, and whether it was provisional.
    pause: one that is over. is_waiting: the office waits for its asker now.
    """

    submitted_at: datetime
    promised: Mapping[ClockKind, Due]
    extended_by: int
    pause: Pause | None
    is_waiting: bool
    is_answered: bool
    reopened_at: datetime | None


@dataclass(frozen=True)
class Move:
    """One date is no longer what it was: later, or certain."""

    kind: ClockKind
    old: datetime
    due: Due

    @property
    def is_felt(self) -> bool:
        """Tell whether people wait for this date and it is another day now."""
        return self.kind is not ClockKind.PLAIN and self.due.instant != self.old


def moves(dates: OpenDates, calendar: WorkCalendar, now: datetime) -> list[Move]:
    """Return what changes when `calendar` counts from `now` on. Raises CalendarGap."""
    found = []
    for kind, counted in _counted(dates, calendar):
        promised = dates.promised[kind]
        if due := recounted(promised.instant, promised.provisional, counted, now):
            found.append(Move(kind, promised.instant, due))
    return found


def recounted(promised: datetime, was_provisional: bool, counted: Due, now: datetime) -> Due | None:
    """Return the date that holds from now on; None where nothing changes.

    promised: the date that asker and office were told; counted: what the new calendar gives.
    A clock that has run out is closed, whatever the calendar says later; on a provisional date
    nothing has run out. Source: the promise floor, docs/explanation/answer-deadlines.md.
    """
    if promised <= now and not was_provisional:
        return None
    due = Due(max(promised, counted.instant), counted.provisional)
    return None if (due.instant, due.provisional) == (promised, was_provisional) else due


def _counted(dates: OpenDates, calendar: WorkCalendar) -> Iterator[tuple[ClockKind, Due]]:
    if dates.is_answered:
        if dates.reopened_at:
            yield ClockKind.REOPEN, reopened_deadline(dates.reopened_at, calendar)
        return
    # While the office waits for its asker the date stands for nothing; it is counted when the clock runs on.
    if not dates.is_waiting:
        pauses = [dates.pause] if dates.pause else []
        yield ClockKind.REPLY, reply_deadline(dates.submitted_at, calendar, extension=dates.extended_by, pauses=pauses)
    if ClockKind.PLAIN in dates.promised:
        yield ClockKind.PLAIN, working_days_due(dates.submitted_at, calendar, days=REPLY_WORKING_DAYS)
