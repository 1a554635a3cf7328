"""From the days that notices name to a calendar that counts."""

from collections.abc import Mapping
from datetime import date

from portal.kernel.workdays import WorkCalendar
from portal.workdays.rules.notices import FIRST_WEEKEND_DAY, Kind


def build_calendar(
    named: Mapping[date, Kind], *, first_year: int, last_year: int, provisional_from: int, version: str
) -> WorkCalendar:
    """Return the calendar of whole years: the week, and the days that notices make different.

    named: the merged layers. provisional_from: first year that has not been announced.
    """
    first, last = date(first_year, 1, 1), date(last_year, 12, 31)
    start, end = first.toordinal(), last.toordinal()
    # An ordinal is 1 on a Monday (0001-01-01), so ordinal - 1 counts the week as weekday() does.
    working = {ordinal for ordinal in range(start, end + 1) if (ordinal - 1) % 7 < FIRST_WEEKEND_DAY}
    off = {day.toordinal() for day, kind in named.items() if kind is Kind.OFF}
    work = {day.toordinal() for day, kind in named.items() if kind is Kind.WORK}
    ordinals = tuple(sorted((working - off) | (work & set(range(start, end + 1)))))
    return WorkCalendar(first, last, ordinals, date(provisional_from, 1, 1), version)
