"""How long a notice is open: counted by the working calendar, later perhaps, earlier never.

Counting law: Civil Code of the PRC, art. 201 (the first day is not counted) and art. 203 (a last day
that is a day off moves to the day after it; the last day ends at 24:00).
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from portal.kernel.workdays import ONE_DAY, Due, WorkCalendar, local_date, start_of

# Our number: from so many days left on a period is shown as near its end.
NEAR = 2


class Unit(StrEnum):
    """What a period counts."""

    WORKING_DAY = "working_day"
    DAY = "day"


class Phase(StrEnum):
    """Where a period stands."""

    AHEAD = "ahead"
    RUNNING = "running"
    ENDED = "ended"


@dataclass(frozen=True)
class Period:
    """What a period is counted from. starts_on: the day on which it is made public, day 0."""

    starts_on: date
    length: int
    unit: Unit


def counted(period: Period, calendar: WorkCalendar) -> Due:
    """Return the end of a period: in time iff ``t < instant``, 00:00 Asia/Shanghai of the day after the last one.

    The last day is a working day in either unit. Raises CalendarGap if the calendar does not reach
    that far, ValueError for a period of less than a day.
    """
    if period.length < 1:
        raise ValueError("a period lasts a day at least")
    if period.unit is Unit.WORKING_DAY:
        last = calendar.working_day_after(period.starts_on, period.length)
    else:
        last = period.starts_on + ONE_DAY * period.length
        if not calendar.is_working_day(last):
            last = calendar.working_day_after(last, 1)
    return Due(start_of(last + ONE_DAY), calendar.is_provisional(last))


def kept(promised: Due | None, due: Due, now: datetime) -> Due:
    """Return the end that holds from now on, when `due` is what the calendar in force gives.

    promised: the end that people were told, None before they were told any. It moves later only; one
    that has passed stays, unless it was provisional: on such a date nothing ends.
    """
    if promised is None:
        return due
    if promised.instant <= now and not promised.provisional:
        return promised
    return Due(max(promised.instant, due.instant), due.provisional)


def phase(starts_on: date, due: Due, now: datetime) -> Phase:
    """Return where a period stands at `now`. A provisional end that has passed waits for the calendar: not ended."""
    if now < start_of(starts_on):
        return Phase.AHEAD
    if now < due.instant or due.provisional:
        return Phase.RUNNING
    return Phase.ENDED


def days_left(due: Due, unit: Unit, calendar: WorkCalendar, now: datetime) -> int:
    """Count the days after today up to the last one, in the period's own unit: 0 on the last day, less after it."""
    today = local_date(now)
    if unit is Unit.WORKING_DAY:
        return calendar.working_days_between(today, due.last_day)
    return (due.last_day - today).days
