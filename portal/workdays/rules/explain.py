"""Why this date? Every day from the submission to the deadline, counted or not, and on whose word."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from portal.kernel.workdays import ONE_DAY, Due, WorkCalendar, local_date, working_days_due
from portal.workdays.rules.notices import Kind, Layer


class Reason(StrEnum):
    """Why a day is counted or skipped. The first two are counted."""

    WORKING_DAY = "working_day"
    MAKE_UP_DAY = "make_up_day"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    LOCAL_CLOSURE = "local_closure"


@dataclass(frozen=True)
class Source:
    """The document behind a year. document_number: empty where it was not verified.

    provisional: the year has not been announced, the document is the law on statutory days off.
    """

    layer: Layer
    year: int
    title: str
    document_number: str = ""
    announced_on: date | None = None
    address: str = ""
    provisional: bool = False


@dataclass(frozen=True)
class NamedDay:
    """A day that a document makes a day off or a working day."""

    kind: Kind
    layer: Layer
    name: str


@dataclass(frozen=True)
class ExplainedDay:
    """One day of the count. number: 1, 2, 3 … for a counted day, 0 for a skipped one.

    name: the festival or the cause, when a document names the day. provisional: its year has
    not been announced.
    """

    date: date
    reason: Reason
    number: int
    name: str
    provisional: bool


@dataclass(frozen=True)
class Explanation:
    """The whole count. day_zero: the local date of submission, which is not counted."""

    submitted_at: datetime
    day_zero: date
    days: tuple[ExplainedDay, ...]
    due: Due
    sources: tuple[Source, ...]

    @property
    def counted(self) -> tuple[ExplainedDay, ...]:
        """The counted days, in order."""
        return tuple(day for day in self.days if day.number)

    @property
    def skipped(self) -> tuple[ExplainedDay, ...]:
        """The skipped days, in order."""
        return tuple(day for day in self.days if not day.number)


def explain(
    submitted_at: datetime,
    calendar: WorkCalendar,
    named: Mapping[date, NamedDay],
    sources: Iterable[Source],
    *,
    days: int,
) -> Explanation:
    """Return why `days` working days after `submitted_at` end when they end.

    named: the documents' days that `calendar` was built from, at least those of the period.
    Raises CalendarGap if the calendar does not cover the period, ValueError for a naive instant.
    """
    due = working_days_due(submitted_at, calendar, days=days)
    day_zero = local_date(submitted_at)
    explained: list[ExplainedDay] = []
    number = 0
    day = day_zero
    while day < due.last_day:
        day += ONE_DAY
        works = calendar.is_working_day(day)
        number += works
        note = named.get(day)
        explained.append(
            ExplainedDay(
                date=day,
                reason=_reason(works, note),
                number=number if works else 0,
                name=note.name if note else "",
                provisional=calendar.is_provisional(day),
            )
        )
    return Explanation(submitted_at, day_zero, tuple(explained), due, tuple(sources))


def _reason(works: bool, note: NamedDay | None) -> Reason:
    if works:
        return Reason.MAKE_UP_DAY if note else Reason.WORKING_DAY
    if note is None:
        return Reason.WEEKEND
    return Reason.LOCAL_CLOSURE if note.layer is Layer.LOCAL else Reason.HOLIDAY
