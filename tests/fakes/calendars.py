"""Calendars small enough to check in the head."""

from datetime import date

from chinese_calendar import is_workday

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

# The announced year, as another library has it: Saturday 2026-02-14 is worked, 02-16 to 02-23 is the Spring Festival.
YEAR_2026 = WorkCalendar(
    first=date(2026, 1, 1),
    last=date(2026, 12, 31),
    ordinals=tuple(
        day
        for day in range(date(2026, 1, 1).toordinal(), date(2026, 12, 31).toordinal() + 1)
        if is_workday(date.fromordinal(day))
    ),
    provisional_from=date(2027, 1, 1),
    version="2026",
)
