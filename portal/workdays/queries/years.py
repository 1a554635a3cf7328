"""A year of the calendar as it is shown: its days, its documents, and what a proposal would change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.models import Max

from portal.kernel.workdays import WorkCalendar, start_of
from portal.workdays.models import CalendarDay, CalendarEdition, CalendarVersion
from portal.workdays.queries.calendars import calendar, days_in_force, named_days, sources
from portal.workdays.rules.alarm import Alarm
from portal.workdays.rules.alarm import alarm as alarm_of
from portal.workdays.rules.amending import Change, changes
from portal.workdays.rules.explain import NamedDay, Source
from portal.workdays.rules.notices import Kind, Layer, Notice, NoticeDay
from portal.workdays.rules.year_view import Month, Span, months_of, spans
from portal.workdays.states import VersionState


@dataclass(frozen=True)
class Year:
    """A year ready to be shown. is_provisional: it has not been announced. spans: its named days, in order."""

    year: int
    months: tuple[Month, ...]
    spans: tuple[Span, ...]
    sources: tuple[Source, ...]
    is_provisional: bool
    working_days: int


def year_of(year: int) -> Year:
    """Return a year as it counts. Three queries. Raises CalendarGap outside the calendar."""
    in_use = calendar()
    edition = int(in_use.version)
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = days_in_force(edition, first, last)
    named = named_days(found)
    return Year(
        year=year,
        months=months_of(year, named),
        spans=spans(named),
        sources=tuple(sources(edition, found, first, last)),
        is_provisional=in_use.is_provisional(first),
        working_days=_working_days(in_use, first, last),
    )


def spans_between(first: date, last: date) -> tuple[tuple[Span, ...], date]:
    """Return the named days of a period that the calendar covers, and from when on they are expectations. Two queries."""
    in_use = calendar()
    within = max(first, in_use.first), min(last, in_use.last)
    return spans(named_days(days_in_force(int(in_use.version), *within))), in_use.provisional_from


def in_force_since() -> datetime:
    """Return when the calendar in force began to count; of one as installed, when its first year began. One query."""
    loaded_at = CalendarVersion.objects.filter(status=VersionState.ACTIVE).aggregate(at=Max("loaded_at"))["at"]
    return (loaded_at or start_of(calendar().first)).astimezone(UTC)


def years() -> range:
    """Return the years that the calendar covers."""
    in_use = calendar()
    return range(in_use.first.year, in_use.last.year + 1)


def proposed(notice: Notice) -> tuple[tuple[Month, ...], tuple[Change, ...]]:
    """Return the months that a notice would give its year, and the days it changes against its own layer in force.

    The December before is shown besides when the notice speaks of it. Names in Chinese, as the notice has them.
    """
    before = days_of_layer(notice.layer, notice.year)
    changed = changes(before, notice.days)
    others = [
        day
        for day in days_in_force(_edition(), date(notice.year - 1, 12, 1), date(notice.year, 12, 31))
        if (day.version.layer, day.version.year) != (notice.layer, notice.year)
    ]
    own = {day.date: NamedDay(day.kind, notice.layer, day.name) for day in notice.days}
    # A local day stays on top of a national notice.
    local = named_days(day for day in others if day.version.layer == Layer.LOCAL)
    named = named_days(others) | own | (local if notice.layer is Layer.NATIONAL else {})
    dates = {change.date for change in changed}
    months = months_of(notice.year, named, dates)
    if any(day.date.year < notice.year for day in notice.days) or any(day.year < notice.year for day in dates):
        months = (months_of(notice.year - 1, named, dates)[-1], *months)
    return months, changed


def days_of_layer(layer: str, year: int) -> tuple[NoticeDay, ...]:
    """Return the days of the version that counts for a layer and year; none where there is none. Two queries."""
    found = CalendarDay.objects.filter(version__editions=_edition(), version__layer=layer, version__year=year)
    return as_notice_days(found)


def as_notice_days(days: Iterable[CalendarDay]) -> tuple[NoticeDay, ...]:
    """Return rows as a notice names days."""
    return tuple(NoticeDay(day.date, Kind(day.kind), day.name, day.name_en) for day in days)


def missing_year(today: date, *, due: tuple[int, int], urgent: tuple[int, int]) -> Alarm | None:
    """Return the year that should be here by now and is not. One query."""
    in_use = calendar()
    announced = {year: year < in_use.provisional_from.year for year in (today.year, today.year + 1)}
    return alarm_of(today, announced, due=due, urgent=urgent)


def _edition() -> int:
    return CalendarEdition.objects.latest("number").number


def _working_days(in_use: WorkCalendar, first: date, last: date) -> int:
    days = in_use.working_days_between(first, last)
    return days + in_use.is_working_day(first)
