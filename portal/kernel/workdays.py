"""Working-day arithmetic over a table of days.

A calendar is a sorted list of working-day ordinals, so that a due date is one bisection.
Where the days come from (notices of the State Council, local closures) is the business of
``portal.workdays``; this module only counts.

Counting law: Civil Code of the PRC, art. 201 (the first day is not counted) and art. 203
(the last day ends at 24:00; that a counter closes earlier is, by our setting, disregarded).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from portal.kernel.clock import SHANGHAI

ONE_DAY = timedelta(days=1)


class CalendarGap(ValueError):
    """Raised when a calendar does not cover the days a count would need."""


@dataclass(frozen=True)
class WorkCalendar:
    """The working days from `first` to `last`, both included.

    ordinals: proleptic ordinals (``date.toordinal``) of the working days, ascending.
    provisional_from: first day of the first year that has not been announced; a date from
    here on is an expectation (预计), not a promise.
    version: names the state of the tables it was built from.
    """

    first: date
    last: date
    ordinals: Sequence[int]
    provisional_from: date
    version: str = ""

    def is_working_day(self, day: date) -> bool:
        """Tell whether `day` is a working day. Raises CalendarGap outside the calendar."""
        ordinal = self._ordinal(day)
        index = bisect_left(self.ordinals, ordinal)
        return index < len(self.ordinals) and self.ordinals[index] == ordinal

    def is_provisional(self, day: date) -> bool:
        """Tell whether `day` lies in a year that has not been announced."""
        return day >= self.provisional_from

    def working_day_after(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day` (which is day 0 and not counted).

        A negative count steps backwards: -1 is the last working day before `day`.
        Raises CalendarGap when the calendar does not reach that far, ValueError for no count at all.
        """
        return date.fromordinal(self._ordinal_after(self._ordinal(day), count))

    def working_days_after(self, day: date, count: int) -> tuple[date, ...]:
        """Return the `count` (at least 1) working days that follow `day`, in order. Raises CalendarGap."""
        if count < 1:
            raise ValueError("working days are counted forwards from 1")
        ordinal = self._ordinal(day)
        self._ordinal_after(ordinal, count)
        start = bisect_right(self.ordinals, ordinal)
        return tuple(date.fromordinal(ordinal) for ordinal in self.ordinals[start : start + count])

    def working_days_between(self, start: date, end: date) -> int:
        """Count the working days d with start < d <= end; negative when end < start. Raises CalendarGap."""
        return bisect_right(self.ordinals, self._ordinal(end)) - bisect_right(self.ordinals, self._ordinal(start))

    def _ordinal(self, day: date) -> int:
        if not self.first <= day <= self.last:
            raise CalendarGap(f"{day} lies outside {self.first}..{self.last}")
        return day.toordinal()

    def _ordinal_after(self, ordinal: int, count: int) -> int:
        if count == 0:
            raise ValueError("the 0th working day after a day is none")
        if count > 0:
            index = bisect_right(self.ordinals, ordinal) + count - 1
        else:
            index = bisect_left(self.ordinals, ordinal) + count
        if not 0 <= index < len(self.ordinals):
            raise CalendarGap(f"{count} working days from {date.fromordinal(ordinal)} leave {self.first}..{self.last}")
        return self.ordinals[index]


@dataclass(frozen=True)
class Due:
    """A deadline: in time iff ``t < instant``.

    instant: the exclusive end, 00:00 Asia/Shanghai of the day after the last working day.
    provisional: the count reaches into a year that has not been announced.
    """

    instant: datetime
    provisional: bool

    @property
    def last_day(self) -> date:
        """The last calendar day on which one is still in time, in Asia/Shanghai."""
        return self.instant.astimezone(SHANGHAI).date() - ONE_DAY


def local_date(moment: datetime) -> date:
    """Return the date of an aware `moment` in Asia/Shanghai.

    Raises ValueError for a naive moment: its zone would be guessed.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment without UTC offset has no local date")
    return moment.astimezone(SHANGHAI).date()


def month_of(moment: datetime) -> date:
    """Return the first day of the month of an aware `moment` in Asia/Shanghai."""
    return local_date(moment).replace(day=1)


def start_of(day: date) -> datetime:
    """Return 00:00 Asia/Shanghai of `day`."""
    return datetime.combine(day, time.min, SHANGHAI)


def working_days_due(since: datetime, calendar: WorkCalendar, *, days: int) -> Due:
    """Return the deadline `days` whole working days after the instant `since`.

    The local date of `since` is day 0 and is not counted, whatever kind of day it is.
    Raises CalendarGap if the calendar does not cover the period, ValueError for a naive instant.
    Source: Civil Code art. 201, 203; worked examples in docs/explanation/answer-deadlines.md.
    """
    last = calendar.working_day_after(local_date(since), days)
    return Due(start_of(last + ONE_DAY), calendar.is_provisional(last))
