"""When a service centre is open: by the working calendar, so that a make-up Saturday is a working day.

Hours are kept for four sorts of day. A weekend day that people work (调休上班) has the hours of a
working day; a weekday off has those of a day off.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt

from portal.kernel.clock import SHANGHAI
from portal.kernel.workdays import ONE_DAY, WorkCalendar, local_date

SATURDAY, SUNDAY = 5, 6  # date.weekday()
EARTH_RADIUS = 6371.0  # km
# Longer closures than the Spring Festival's do not happen; whoever looks further has no hours at all.
LOOK_AHEAD = 15


class Day(StrEnum):
    """A sort of day."""

    WORKING = "working"
    SATURDAY = "saturday"
    SUNDAY = "sunday"
    DAY_OFF = "day_off"


@dataclass(frozen=True)
class Hours:
    """Open on days of one sort from `opens` until `closes` (exclusive), local time."""

    day: Day
    opens: time
    closes: time


@dataclass(frozen=True)
class Opening:
    """What the door says at an instant.

    until: when it closes, if open. opens_at: when it opens next, if closed and known.
    is_make_up: today is a weekend day on which people work.
    """

    is_open: bool
    until: datetime | None = None
    opens_at: datetime | None = None
    is_make_up: bool = False


def sort_of(day: date, calendar: WorkCalendar) -> Day:
    """Return what sort of day it is. Raises CalendarGap."""
    if calendar.is_working_day(day):
        return Day.WORKING
    return {SATURDAY: Day.SATURDAY, SUNDAY: Day.SUNDAY}.get(day.weekday(), Day.DAY_OFF)


def is_make_up(day: date, calendar: WorkCalendar) -> bool:
    """Tell whether `day` is a weekend day on which people work. Raises CalendarGap."""
    return day.weekday() >= SATURDAY and calendar.is_working_day(day)


def hours_on(day: date, hours: Iterable[Hours], calendar: WorkCalendar) -> list[Hours]:
    """Return the spans of a day, earliest first. Raises CalendarGap."""
    sort = sort_of(day, calendar)
    return sorted((span for span in hours if span.day == sort), key=lambda span: span.opens)


def opening(now: datetime, hours: Iterable[Hours], calendar: WorkCalendar) -> Opening:
    """Return what the door says at `now` (aware). Raises CalendarGap."""
    spans = list(hours)
    today = local_date(now)
    make_up = is_make_up(today, calendar)
    day = today
    for _ahead in range(LOOK_AHEAD):
        for span in hours_on(day, spans, calendar):
            opens = datetime.combine(day, span.opens, SHANGHAI)
            closes = datetime.combine(day, span.closes, SHANGHAI)
            if opens <= now < closes:
                return Opening(is_open=True, until=closes, is_make_up=make_up)
            if now < opens:
                return Opening(is_open=False, opens_at=opens, is_make_up=make_up)
        day += ONE_DAY
    return Opening(is_open=False, is_make_up=make_up)


def distance(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Return the great-circle distance of two WGS-84 points in kilometres (haversine)."""
    phi, other_phi = radians(latitude), radians(other_latitude)
    half = sin((other_phi - phi) / 2) ** 2
    half += cos(phi) * cos(other_phi) * sin(radians(other_longitude - longitude) / 2) ** 2
    return 2 * EARTH_RADIUS * asin(sqrt(half))
