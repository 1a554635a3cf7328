"""The calendar that counts now, and why it gives a date."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.utils.translation import get_language

from portal.kernel.workdays import ONE_DAY, WorkCalendar, local_date
from portal.workdays.models import CalendarDay, CalendarEdition, CalendarVersion
from portal.workdays.rules.building import build_calendar
from portal.workdays.rules.explain import Explanation, NamedDay, Source, explain
from portal.workdays.rules.notices import Kind, Layer, Notice
from portal.workdays.rules.promises import REPLY_WORKING_DAYS


def calendar() -> WorkCalendar:
    """Return the calendar in force: one small query; the building is done once per process.

    Right in every process: the query asks which edition is in force, and an edition never changes.
    """
    edition = CalendarEdition.objects.latest("number")
    return _built(edition.number, edition.key)


def calendar_of(version: str) -> WorkCalendar:
    """Return the calendar that named itself `version`, in force or not.

    Raises CalendarEdition.DoesNotExist.
    """
    edition = CalendarEdition.objects.get(number=int(version))
    return _built(edition.number, edition.key)


def why(submitted_at: datetime, *, days: int = REPLY_WORKING_DAYS, version: str = "") -> Explanation:
    """Explain the date promised for a question: each day, counted or skipped, and on whose word.

    version: the calendar the promise was made under; empty for the one in force. Names come in
    the language of the page. Raises CalendarGap, CalendarEdition.DoesNotExist.
    """
    in_use = calendar_of(version) if version else calendar()
    after = local_date(submitted_at) + ONE_DAY
    last = in_use.working_day_after(local_date(submitted_at), days)
    edition = int(in_use.version)
    found = days_in_force(edition, after, last)
    return explain(submitted_at, in_use, named_days(found), sources(edition, found, after, last), days=days)


def calendar_as_if(notice: Notice) -> WorkCalendar:
    """Return the calendar that would count if `notice` were in force. Three small queries, not kept."""
    edition = CalendarEdition.objects.latest("number")
    others = [
        day
        for day in days_in_force(edition.number, date.min, date.max)
        if (day.version.layer, day.version.year) != (notice.layer, notice.year)
    ]
    proposed = CalendarVersion(layer=notice.layer, year=notice.year, announced=True)
    own = [CalendarDay(version=proposed, date=day.date, kind=day.kind) for day in notice.days]
    announced = _announced(edition.number)
    if notice.layer is Layer.NATIONAL:
        announced[notice.year] = True
    return _build([*others, *own], announced, version=f"{edition.number}?")


def days_in_force(edition: int, first: date, last: date) -> list[CalendarDay]:
    """Return the named days of a period, the more specific document later. One query."""
    found = CalendarDay.objects.filter(version__editions=edition, date__range=(first, last))
    return list(found.select_related("version", "named_by"))


def named_days(days: Iterable[CalendarDay]) -> dict[date, NamedDay]:
    """Return what the documents make of each day. Names come in the language of the page."""
    return {
        day.date: NamedDay(Kind(day.kind), Layer(day.version.layer), _local(day.name, day.name_en))
        for day in _by_weight(days)
    }


def sources(edition: int, days: Iterable[CalendarDay], first: date, last: date) -> list[Source]:
    """Return the documents that a period rests on: those of its days, and those of its years.

    A year's documents speak by their silence too: a week without a festival rests on them.
    """
    of_year = {"layer": Layer.NATIONAL, "year__in": range(first.year, last.year + 1)}
    there = CalendarVersion.objects.filter(editions=edition, **of_year)
    amended = CalendarVersion.objects.filter(carried_on__version__in=there)
    versions = {version.pk: version for version in (there | amended).distinct().order_by("layer", "year", "number")}
    versions |= {version.pk: version for version in (day.named_by or day.version for day in days)}
    return [source_of(version) for version in versions.values()]


def source_of(version: CalendarVersion) -> Source:
    """Return how a version is cited, in the language of the page."""
    return Source(
        layer=Layer(version.layer),
        year=version.year,
        title=_local(version.source, version.source_en),
        document_number=version.document_number,
        announced_on=version.announced_on,
        address=version.address,
        provisional=not version.announced,
    )


@lru_cache(maxsize=4)
def _built(number: int, key: UUID) -> WorkCalendar:
    """Build an edition's calendar. key: makes a number that was rolled back and given again another one."""
    return _build(days_in_force(number, date.min, date.max), _announced(number), version=str(number))


def _build(days: Iterable[CalendarDay], announced: Mapping[int, bool], *, version: str) -> WorkCalendar:
    return build_calendar(
        {day.date: Kind(day.kind) for day in _by_weight(days)},
        first_year=min(announced),
        last_year=max(announced),
        provisional_from=min((year for year in announced if not announced[year]), default=max(announced) + 1),
        version=version,
    )


def _announced(edition: int) -> dict[int, bool]:
    """Return the years that an edition covers, and whether each has been announced."""
    years = CalendarVersion.objects.filter(editions=edition, layer=Layer.NATIONAL)
    return dict(years.values_list("year", "announced"))


def _by_weight(days: Iterable[CalendarDay]) -> list[CalendarDay]:
    """Order days so that the one that counts comes last."""
    # A local day overrides a national one; a year's notice the end of the December before.
    return sorted(days, key=lambda day: (day.version.layer == Layer.LOCAL, day.version.year))


def _local(chinese: str, english: str) -> str:
    return (english if get_language() == "en" else "") or chinese
