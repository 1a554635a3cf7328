"""Calendars small enough to check in the head."""

from datetime import date

from portal.kernel.workdays import WorkCalendar

_FIRST, _LAST = date(2023, 1, 1), date(2028, 12, 31)

# Monday to Friday, no holidays; 2028 is not announced.
WEEKDAYS = WorkCalendar(
    first=_FIRST,
    last=_LAST,
    ordinals=tuple(
        day for day in range(_FIRST.toordinal(), _LAST.toordinal() + 1) if date.fromordinal(day).weekday() < 5
    ),
    provisional_from=date(2028, 1, 1),
    version="weekdays",
)
