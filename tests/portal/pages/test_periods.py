"""The period of a notice: counted by the working calendar, later perhaps, earlier never."""

from datetime import date, datetime, timedelta

import pytest
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.clock import SHANGHAI
from portal.kernel.workdays import ONE_DAY, CalendarGap, Due, start_of
from portal.pages.rules.periods import Period, Phase, Unit, counted, days_left, kept, phase
from tests.factories.workdays import ZONES, instants, official_calendar

pytestmark = pytest.mark.unit

DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
PERIODS = st.builds(Period, DAYS, st.integers(1, 250), st.sampled_from(Unit))
MOMENTS = instants(date(2024, 1, 1), date(2031, 12, 31))
DUES = st.builds(Due, DAYS.map(start_of), st.booleans())


@pytest.mark.parametrize(
    ("starts_on", "length", "unit", "last_day"),
    [
        # Seven working days from Monday: the day itself is not counted.
        (date(2026, 3, 2), 7, Unit.WORKING_DAY, date(2026, 3, 11)),
        # The Spring Festival 2026 is 15 to 23 February; Saturday the 28th is worked.
        (date(2026, 2, 12), 7, Unit.WORKING_DAY, date(2026, 2, 28)),
        # Seven calendar days from Monday end on Monday.
        (date(2026, 3, 2), 7, Unit.DAY, date(2026, 3, 9)),
        # The thirtieth day is Saturday: the first working day after it (Civil Code, art. 203).
        (date(2026, 3, 12), 30, Unit.DAY, date(2026, 4, 13)),
    ],
)
def test_a_period_ends_when_the_law_says(starts_on, length, unit, last_day):
    due = counted(Period(starts_on, length, unit), official_calendar())

    assert due == Due(datetime.combine(last_day + ONE_DAY, datetime.min.time(), SHANGHAI), provisional=False)
    assert due.last_day == last_day


def test_a_period_that_reaches_into_a_year_not_announced_is_expected_only():
    assert counted(Period(date(2026, 12, 21), 20, Unit.WORKING_DAY), official_calendar()).provisional
    assert not counted(Period(date(2026, 12, 21), 5, Unit.WORKING_DAY), official_calendar()).provisional


def test_a_period_lasts_a_day_and_the_calendar_reaches_its_end():
    with pytest.raises(ValueError, match="a day at least"):
        counted(Period(date(2026, 3, 2), 0, Unit.DAY), official_calendar())
    with pytest.raises(CalendarGap):
        counted(Period(date(2040, 12, 20), 30, Unit.WORKING_DAY), official_calendar())


@given(PERIODS)
def test_the_last_day_is_a_working_day_after_the_first_and_ends_at_midnight(period):
    due = counted(period, official_calendar())

    assert official_calendar().is_working_day(due.last_day)
    assert due.last_day >= period.starts_on + ONE_DAY
    assert due.instant == start_of(due.last_day + ONE_DAY)


@given(PERIODS)
def test_a_longer_period_never_ends_earlier(period):
    longer = Period(period.starts_on, period.length + 1, period.unit)

    assert counted(longer, official_calendar()).instant >= counted(period, official_calendar()).instant


@given(DAYS, st.integers(1, 250))
def test_working_days_take_at_least_as_long_as_days(starts_on, length):
    in_days, in_working_days = (
        counted(Period(starts_on, length, unit), official_calendar()) for unit in (Unit.DAY, Unit.WORKING_DAY)
    )

    assert in_working_days.instant >= in_days.instant


@given(DUES, DUES, MOMENTS)
def test_an_end_that_was_told_moves_later_only_and_not_once_it_has_passed(promised, due, now):
    held = kept(promised, due, now)

    assert held.instant >= promised.instant
    if promised.instant <= now and not promised.provisional:
        assert held == promised
    else:
        assert held.instant == max(promised.instant, due.instant)
    assert kept(held, due, now) == held  # counting again changes nothing
    assert kept(None, due, now) == due


@given(PERIODS, MOMENTS)
def test_a_period_is_ahead_then_runs_then_has_ended(period, now):
    due = counted(period, official_calendar())
    stands = phase(period.starts_on, due, now)

    assert (stands is Phase.AHEAD) == (now < start_of(period.starts_on))
    assert (stands is Phase.ENDED) == (now >= due.instant and not due.provisional)


@given(PERIODS, st.sampled_from(ZONES))
def test_on_the_last_day_none_is_left_and_a_day_before_one(period, zone):
    due = counted(period, official_calendar())
    midday = (due.instant - timedelta(hours=12)).astimezone(zone)

    assert days_left(due, period.unit, official_calendar(), midday) == 0
    assert days_left(due, period.unit, official_calendar(), midday - timedelta(days=1)) == 1


# --- The same as a condition ----------------------------------------------------------------


@pytest.mark.django_db
def test_lists_find_by_the_same_rule(clock):
    from portal.pages.conditions import phase_is
    from portal.pages.models import NoticePage
    from tests.factories.pages import notice

    for number, (starts_on, length) in enumerate(
        [(date(2026, 2, 2), 5), (date(2026, 2, 27), 1), (date(2026, 3, 2), 1), (date(2026, 3, 3), 9), (None, None)]
    ):
        notice(f"公示{number}", slug=f"notice-{number}", starts_on=starts_on, period_length=length)
    notice("跨年", slug="next-year", starts_on=date(2026, 12, 20), period_length=20)

    for moved in (0, 24, 48, 24 * 200, 24 * 120):
        clock.move(hours=moved)
        now = clock.now()
        for stands in Phase:
            found = set(NoticePage.objects.filter(phase_is(stands, now)).values_list("slug", flat=True))
            by_rule = {
                page.slug
                for page in NoticePage.objects.filter(~Q(ends_at=None))
                if phase(page.starts_on, page.due, now) is stands
            }
            assert found == by_rule
