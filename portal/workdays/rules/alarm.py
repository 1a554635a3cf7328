"""Is next year's notice late? A year that nobody has loaded makes every date in it an expectation.

Source of the days of the year: `settings.WORKDAYS_ALARM`.
"""

from dataclasses import dataclass
from datetime import date

MonthDay = tuple[int, int]


@dataclass(frozen=True)
class Alarm:
    """A year is missing. urgent: dates that reach into it are being promised, or are about to be."""

    year: int
    urgent: bool


def alarm(today: date, announced: dict[int, bool], *, due: MonthDay, urgent: MonthDay) -> Alarm | None:
    """Return what is missing today; None when all is there.

    announced: the years of the calendar in force. due, urgent: month and day from which next year's
    notice is waited for, and from which it is needed. A year that has begun without it stays urgent.
    """
    if not announced.get(today.year, False):
        return Alarm(today.year, urgent=True)
    here = (today.month, today.day)
    if here < due or announced.get(today.year + 1, False):
        return None
    return Alarm(today.year + 1, urgent=here >= urgent)
