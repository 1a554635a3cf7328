"""When a centre is open: by the working calendar, make-up days and festivals included."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.clock import SHANGHAI
from portal.pages.rules.opening import Day, Hours, distance, is_make_up, opening, sort_of
from portal.pages.rules.reviews import needs_reminder, review_due
from tests.fakes.calendars import YEAR_2026

MORNING = Hours(Day.WORKING, time(9), time(12))
AFTERNOON = Hours(Day.WORKING, time(13, 30), time(17))
SATURDAY = Hours(Day.SATURDAY, time(9), time(11))
HOURS = [AFTERNOON, MORNING, SATURDAY]


def at(*parts):
    return datetime(*parts, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("day", "sort"),
    [
        (date(2026, 3, 2), Day.WORKING),
        (date(2026, 3, 7), Day.SATURDAY),
        (date(2026, 3, 8), Day.SUNDAY),
        (date(2026, 2, 16), Day.DAY_OFF),  # Monday of the Spring Festival
        (date(2026, 2, 14), Day.WORKING),  # the make-up Saturday before it
    ],
)
def test_a_day_is_of_the_sort_that_the_calendar_says(day, sort):
    assert sort_of(day, YEAR_2026) == sort


@pytest.mark.parametrize(
    ("now", "is_open", "then"),
    [
        (at(2026, 3, 2, 8, 59), False, at(2026, 3, 2, 9)),
        (at(2026, 3, 2, 9, 0), True, at(2026, 3, 2, 12)),
        (at(2026, 3, 2, 12, 0), False, at(2026, 3, 2, 13, 30)),
        (at(2026, 3, 2, 17, 0), False, at(2026, 3, 3, 9)),
        (at(2026, 3, 7, 10, 0), True, at(2026, 3, 7, 11)),
        (at(2026, 3, 7, 12, 0), False, at(2026, 3, 9, 9)),
    ],
)
def test_the_door_says_until_when_or_from_when(now, is_open, then):
    found = opening(now, HOURS, YEAR_2026)

    assert (found.is_open, found.until or found.opens_at) == (is_open, then)


def test_a_make_up_saturday_has_the_hours_of_a_working_day_and_says_so():
    found = opening(at(2026, 2, 14, 16), HOURS, YEAR_2026)

    assert (found.is_open, found.until, found.is_make_up) == (True, at(2026, 2, 14, 17), True)
    assert not is_make_up(date(2026, 2, 13), YEAR_2026)


def test_over_a_festival_it_opens_on_the_first_day_after_it():
    found = opening(at(2026, 2, 14, 18), [MORNING], YEAR_2026)

    assert found.opens_at == at(2026, 2, 24, 9)


def test_a_centre_without_hours_says_neither():
    assert opening(at(2026, 3, 2, 10), [], YEAR_2026).opens_at is None


@given(st.dates(date(2026, 1, 5), date(2026, 11, 30)), st.times())
def test_what_opens_next_is_open_then(day, hour):
    now = datetime.combine(day, hour, SHANGHAI)
    found = opening(now, HOURS, YEAR_2026)

    if not found.is_open:
        assert found.opens_at > now
        assert opening(found.opens_at, HOURS, YEAR_2026).is_open


def test_distances_are_those_of_a_globe():
    assert distance(29.87, 121.54, 29.87, 121.54) == 0
    assert distance(30, 121, 31, 121) == pytest.approx(111.2, abs=0.1)  # a degree of latitude
    assert distance(0, 179.5, 0, -179.5) == pytest.approx(111.2, abs=0.1)  # across the date line


@pytest.mark.parametrize(
    ("verified", "months", "due"),
    [
        (date(2026, 3, 2), 12, date(2027, 3, 2)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
    ],
)
def test_a_review_is_due_a_whole_number_of_months_later(verified, months, due):
    assert review_due(verified, months) == due
    assert not needs_reminder(verified, date.fromordinal(due.toordinal() - 15), months)
    assert needs_reminder(verified, date.fromordinal(due.toordinal() - 14), months)
