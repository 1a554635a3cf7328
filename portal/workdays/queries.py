"""The calendar that counts now, and why it gives a date."""

from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.utils.translation import get_language

from portal.kernel.workdays import ONE_DAY, WorkCalendar, local_date
from portal.workdays.models import CalendarDay, CalendarEdition, CalendarVersion
from portal.workdays.rules.building import build_calendar
from portal.workdays.rules.explain import Explanation, NamedDay, Source, explain
from portal.workdays.rules.notices import Kind, Layer
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
    found = _days_of(edition, after, last)
    named = {
        day.date: NamedDay(Kind(day.kind), Layer(day.version.layer), _local(day.name, day.name_en)) for day in found
    }
    # A year's document speaks by its silence too: a week without a festival rests on it.
    years = CalendarVersion.objects.filter(
        editions=edition, layer=Layer.NATIONAL, year__in=range(after.year, last.year + 1)
    )
    versions = {version.pk: version for version in [*years, *(day.version for day in found)]}
    return explain(submitted_at, in_use, named, [_source(item) for item in versions.values()], days=days)


@lru_cache(maxsize=4)
def _built(number: int, key: UUID) -> WorkCalendar:
    """Build an edition's calendar. key: makes a number that was rolled back and given again another one."""
    years = dict(CalendarVersion.objects.filter(editions=number, layer=Layer.NATIONAL).values_list("year", "announced"))
    unannounced = [year for year, announced in years.items() if not announced]
    return build_calendar(
        {day.date: Kind(day.kind) for day in _days_of(number, date.min, date.max)},
        first_year=min(years),
        last_year=max(years),
        provisional_from=min(unannounced, default=max(years) + 1),
        version=str(number),
    )


def _days_of(edition: int, first: date, last: date) -> list[CalendarDay]:
    """Return the named days of a period, the more specific document later."""
    found = CalendarDay.objects.filter(version__editions=edition, date__range=(first, last)).select_related("version")
    # A local day overrides a national one; a year's notice the end of the December before.
    return sorted(found, key=lambda day: (day.version.layer == Layer.LOCAL, day.version.year))


def _source(version: CalendarVersion) -> Source:
    return Source(
        layer=Layer(version.layer),
        year=version.year,
        title=_local(version.source, version.source_en),
        document_number=version.document_number,
        announced_on=version.announced_on,
        address=version.address,
        provisional=not version.announced,
    )


def _local(chinese: str, english: str) -> str:
    return (english if get_language() == "en" else "") or chinese
