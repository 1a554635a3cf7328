"""Counting, over calendars of any shape."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portal.kernel.workdays import ONE_DAY, CalendarGap, WorkCalendar, local_date, start_of, working_days_due
from tests.factories.workdays import instants

FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
EVERY_DAY = [FIRST + ONE_DAY * n for n in range((LAST - FIRST).days + 1)]

weeks = st.builds(
    lambda off, work: frozenset(
        {day for index, day in enumerate(EVERY_DAY) if day.weekday() < 5 and index not in off}
        | {EVERY_DAY[index] for index in work}
    ),
    off=st.frozensets(st.integers(0, len(EVERY_DAY) - 1), max_size=80),
    work=st.frozensets(st.integers(0, len(EVERY_DAY) - 1), max_size=40),
)
submissions = instants(date(2026, 1, 10), date(2027, 6, 30))
counts = st.integers(1, 15)


def calendar_of(working_days: frozenset[date]) -> WorkCalendar:
    ordinals = tuple(sorted(day.toordinal() for day in working_days))
    return WorkCalendar(FIRST, LAST, ordinals, provisional_from=date(2027, 1, 1))


@given(weeks, submissions, counts)
def test_exactly_the_promised_number_of_working_days_lies_after_day_zero(working_days, submitted_at, count):
    due = working_days_due(submitted_at, calendar_of(working_days), days=count)

    counted = {day for day in working_days if local_date(submitted_at) < day <= due.last_day}
    assert len(counted) == count
    assert due.last_day in counted
    assert sorted(counted) == list(calendar_of(working_days).working_days_after(local_date(submitted_at), count))


@given(weeks, submissions, submissions, counts)
def test_a_later_question_is_never_due_earlier(working_days, one, other, count):
    calendar = calendar_of(working_days)
    earlier, later = sorted([one, other])

    assert (
        working_days_due(earlier, calendar, days=count).instant <= working_days_due(later, calendar, days=count).instant
    )


@given(weeks, submissions, counts)
def test_the_due_instant_is_midnight_in_china(working_days, submitted_at, count):
    instant = working_days_due(submitted_at, calendar_of(working_days), days=count).instant

    assert instant.isoformat().endswith("T00:00:00+08:00")


@given(weeks, submissions, counts, st.sampled_from(EVERY_DAY))
def test_another_day_off_never_shortens_a_promise(working_days, submitted_at, count, closed):
    assume(closed in working_days)
    before = working_days_due(submitted_at, calendar_of(working_days), days=count)
    after = working_days_due(submitted_at, calendar_of(working_days - {closed}), days=count)

    assert after.instant >= before.instant


@given(weeks, st.sampled_from(EVERY_DAY[20:500]), counts)
def test_counting_back_leads_to_the_last_working_day_up_to_day_zero(working_days, day_zero, count):
    calendar = calendar_of(working_days)
    ahead = calendar.working_day_after(day_zero, count)

    assume(any(day <= day_zero for day in working_days))
    assert calendar.working_day_after(ahead, -count) == max(day for day in working_days if day <= day_zero)
    assert calendar.working_days_between(day_zero, ahead) == count
    assert calendar.working_days_between(ahead, day_zero) == -count


@given(submissions)
def test_the_zone_in_which_an_instant_is_written_changes_nothing(submitted_at):
    calendar = calendar_of(frozenset(EVERY_DAY))

    assert working_days_due(submitted_at, calendar, days=7) == working_days_due(
        submitted_at.astimezone(UTC), calendar, days=7
    )


@pytest.mark.parametrize("day", [FIRST - ONE_DAY, LAST + ONE_DAY])
def test_a_day_outside_the_calendar_is_a_gap(day):
    calendar = calendar_of(frozenset(EVERY_DAY))

    for ask in (
        lambda: calendar.is_working_day(day),
        lambda: calendar.working_day_after(day, 1),
        lambda: calendar.working_days_after(day, 1),
        lambda: calendar.working_days_between(day, FIRST),
        lambda: calendar.working_days_between(FIRST, day),
        lambda: working_days_due(start_of(day), calendar, days=1),
    ):
        with pytest.raises(CalendarGap):
            ask()


@pytest.mark.parametrize(("day", "count"), [(LAST - ONE_DAY, 2), (FIRST + ONE_DAY, -2)])
def test_a_count_that_leaves_the_calendar_is_a_gap(day, count):
    with pytest.raises(CalendarGap):
        calendar_of(frozenset(EVERY_DAY)).working_day_after(day, count)


def test_a_count_of_none_is_refused():
    calendar = calendar_of(frozenset(EVERY_DAY))

    with pytest.raises(ValueError, match="0th"):
        calendar.working_day_after(FIRST, 0)
    with pytest.raises(ValueError, match="forwards"):
        calendar.working_days_after(LAST, -1)


def test_an_instant_without_offset_is_refused():
    with pytest.raises(ValueError, match="offset"):
        local_date(datetime.fromisoformat("2026-03-02T10:00"))


def test_a_date_is_provisional_from_the_first_year_that_was_not_announced():
    calendar = calendar_of(frozenset(EVERY_DAY))

    assert not working_days_due(start_of(date(2026, 12, 24)), calendar, days=7).provisional
    assert working_days_due(start_of(date(2026, 12, 25)), calendar, days=7).provisional


def test_the_last_day_is_the_one_before_the_exclusive_instant():
    due = working_days_due(datetime(2026, 1, 1, tzinfo=UTC), calendar_of(frozenset(EVERY_DAY)), days=1)

    assert (due.last_day, due.instant) == (date(2026, 1, 2), start_of(date(2026, 1, 3)))
    assert local_date(due.instant - timedelta(microseconds=1)) == due.last_day
