"""Both promises on the real calendar: the worked cases, the pitfalls, and a slow count beside ours."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar
import pytest
from hypothesis import given, settings

from portal.kernel.clock import SHANGHAI
from portal.kernel.workdays import ONE_DAY, local_date, start_of, working_days_due
from portal.workdays.rules.promises import hours_after, promise
from tests.factories.workdays import instants, official_calendar

# From 2026-12-23 on a promise needs 2027, which the packages do not know.
announced = instants(date(2004, 1, 1), date(2026, 12, 22))
any_time = instants(date(2004, 1, 1), date(2040, 11, 30))


def china(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def reply_due(submitted_at: datetime) -> datetime:
    return promise(submitted_at, official_calendar()).reply_due


@pytest.mark.parametrize(
    ("submitted_at", "due"),
    [
        pytest.param("2026-03-02 10:00", "2026-03-12", id="plain-weeks"),
        pytest.param("2026-02-12 10:00", "2026-03-01", id="over-spring-festival-with-two-make-up-saturdays"),
        pytest.param("2026-05-06 09:00", "2026-05-15", id="the-make-up-saturday-counts"),
        pytest.param("2026-02-16 10:00", "2026-03-04", id="submitted-on-a-day-off"),
        pytest.param("2026-02-14 10:00", "2026-03-04", id="submitted-on-a-make-up-day-which-is-day-0"),
        pytest.param("2026-02-13 10:00", "2026-03-03", id="the-next-day-is-a-make-up-day"),
        pytest.param("2026-09-17 18:00", "2026-09-29", id="make-up-sunday-and-mid-autumn"),
        pytest.param("2026-09-30 12:00", "2026-10-16", id="over-national-day"),
        pytest.param("2026-12-22 10:00", "2027-01-01", id="the-last-promise-that-is-none-of-next-years-business"),
        pytest.param("2026-12-23 10:00", "2027-01-05", id="the-first-one-that-needs-next-year"),
    ],
)
def test_worked_cases(submitted_at, due):
    assert reply_due(china(submitted_at)) == china(due)


@pytest.mark.parametrize(
    ("submitted_at", "due"),
    [
        (datetime(2026, 3, 2, 15, 59, 59, 999_999, UTC), "2026-03-12"),
        (datetime(2026, 3, 2, 16, 0, tzinfo=UTC), "2026-03-13"),
        (datetime(2026, 3, 2, 23, 30, tzinfo=UTC), "2026-03-13"),
        (datetime(2026, 3, 2, 11, 0, tzinfo=ZoneInfo("America/New_York")), "2026-03-13"),
    ],
)
def test_day_zero_is_the_date_in_china_before_and_after_its_midnight(submitted_at, due):
    assert reply_due(submitted_at) == china(due)


@pytest.mark.parametrize(
    "submitted_at",
    [
        datetime(2026, 3, 7, 20, 0, tzinfo=ZoneInfo("America/New_York")),  # clocks go forward that night
        datetime(2026, 10, 31, 20, 0, tzinfo=ZoneInfo("America/New_York")),  # and back in this one
    ],
)
def test_twenty_four_hours_are_elapsed_hours_where_clocks_change(submitted_at):
    accept_due = promise(submitted_at, official_calendar()).accept_due

    assert accept_due.astimezone(UTC) - submitted_at.astimezone(UTC) == timedelta(hours=24)
    assert accept_due.isoformat().endswith("+08:00")


def test_the_due_second_is_too_late_and_the_microsecond_before_it_in_time():
    due = reply_due(china("2026-03-02 10:00"))

    assert due == china("2026-03-12 00:00")
    assert local_date(due - timedelta(microseconds=1)) == date(2026, 3, 11)
    assert local_date(due) == date(2026, 3, 12)


@given(announced)
@settings(max_examples=max(300, settings().max_examples))
def test_a_slow_count_with_another_package_agrees(submitted_at):
    day, counted = submitted_at.astimezone(SHANGHAI).date(), []
    while len(counted) < 7:
        day += ONE_DAY
        if chinese_calendar.is_workday(day):
            counted.append(day)

    promised = promise(submitted_at, official_calendar())
    assert promised.counted_days == tuple(counted)
    assert promised.reply_due == start_of(day + ONE_DAY)
    assert not promised.provisional


@given(any_time)
def test_seven_days_are_counted_and_acceptance_is_due_before_the_reply(submitted_at):
    promised = promise(submitted_at, official_calendar())

    assert len(set(promised.counted_days)) == 7
    assert all(local_date(submitted_at) < day < promised.reply_due.date() for day in promised.counted_days)
    assert promised.counted_days[-1] == promised.reply_due.date() - ONE_DAY
    assert promised.reply_due.isoformat().endswith("T00:00:00+08:00")
    assert hours_after(submitted_at, timedelta(hours=24)) == promised.accept_due < promised.reply_due


@given(any_time, any_time)
def test_a_later_question_is_never_due_earlier(one, other):
    earlier, later = sorted([one, other])

    assert reply_due(earlier) <= reply_due(later)


@given(instants(date(2026, 12, 23), date(2040, 11, 30)))
def test_a_question_that_needs_a_year_not_announced_gets_an_expected_date(submitted_at):
    assert promise(submitted_at, official_calendar()).provisional


def test_a_provisional_year_has_its_statutory_days_off_and_no_make_up_day():
    calendar = official_calendar()
    year = [date(2027, 1, 1) + ONE_DAY * n for n in range(365)]
    off_in_the_week = {day for day in year if day.weekday() < 5 and not calendar.is_working_day(day)}

    assert not any(calendar.is_working_day(day) for day in year if day.weekday() >= 5)
    assert off_in_the_week == {
        date(2027, 1, 1),
        date(2027, 2, 5),
        date(2027, 2, 8),
        date(2027, 4, 5),
        date(2027, 6, 9),
        date(2027, 9, 15),
        date(2027, 10, 1),
    }


@pytest.mark.parametrize(("year", "count"), [(2025, 248), (2026, 248)])
def test_announced_years_have_as_many_working_days_as_the_notices_say(year, count):
    assert official_calendar().working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) == count


def test_other_counts_use_the_same_days():
    assert working_days_due(china("2026-09-17 18:00"), official_calendar(), days=1).last_day == date(2026, 9, 18)
