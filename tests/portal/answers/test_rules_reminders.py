from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.answers.clock_views import clock_views
from portal.answers.models import Listing
from portal.answers.rules.reminders import REPLY_DAYS_LATE, accept_ladder, late_by, late_ladder, next_rung, reply_ladder
from portal.answers.states import State
from portal.kernel.clock import SHANGHAI
from portal.kernel.workdays import ONE_DAY, start_of
from tests.factories.workdays import instants, official_calendar
from tests.fakes.calendars import WEEKDAYS

pytestmark = pytest.mark.unit

OFFICIAL = official_calendar()

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=SHANGHAI)


def test_acceptance_is_reminded_after_12_20_and_23_hours():
    ladder = accept_ladder(MONDAY + timedelta(hours=24))

    assert [(rung.name, rung.at - MONDAY) for rung in ladder] == [
        ("accept-12h", timedelta(hours=12)),
        ("accept-20h", timedelta(hours=20)),
        ("accept-23h", timedelta(hours=23)),
    ]


def test_the_reply_is_reminded_three_days_before_one_day_before_and_on_the_last_day_at_nine():
    due = datetime(2026, 3, 12, tzinfo=SHANGHAI)  # the last day is Wednesday the 11th

    ladder = reply_ladder(due, WEEKDAYS)

    assert [(rung.name, rung.at) for rung in ladder] == [
        ("reply-T3", datetime(2026, 3, 6, 9, tzinfo=SHANGHAI)),
        ("reply-T1", datetime(2026, 3, 10, 9, tzinfo=SHANGHAI)),
        ("reply-T0", datetime(2026, 3, 11, 9, tzinfo=SHANGHAI)),
    ]


def test_after_an_outage_only_the_latest_rung_is_sent():
    ladder = accept_ladder(MONDAY + timedelta(hours=24))

    rung = next_rung(ladder, frozenset(), MONDAY + timedelta(hours=21))

    assert rung is not None
    assert rung.name == "accept-20h"


def test_a_rung_goes_out_once():
    ladder = accept_ladder(MONDAY + timedelta(hours=24))

    assert next_rung(ladder, frozenset({"accept-12h"}), MONDAY + timedelta(hours=13)) is None


@pytest.mark.parametrize(
    ("today", "last_day"),
    [
        (date(2026, 3, 6), date(2026, 2, 28)),  # Friday: Mon, Tue, Wed, Thu, Fri after the make-up Saturday
        (date(2026, 3, 7), date(2026, 2, 28)),  # Saturday: Friday was the fifth
        (date(2026, 3, 8), date(2026, 2, 28)),  # Sunday
        (date(2026, 3, 9), date(2026, 3, 2)),  # Monday is the fifth
        (date(2026, 2, 18), date(2026, 2, 9)),  # the festival: Tue to Fri, and Saturday 14 February makes up
        (date(2026, 2, 28), date(2026, 2, 14)),  # a make-up Saturday is the fifth itself, after 24 to 27 February
    ],
)
def test_five_working_days_late_are_five_that_have_begun(today, last_day):
    late = late_by(datetime.combine(today, datetime.min.time(), SHANGHAI), 5, OFFICIAL)

    assert late == start_of(last_day + ONE_DAY)


def badge(due, now):
    """The words of the reply clock on the desk."""
    listing = Listing(state=State.ACCEPTED, accept_due=due, accepted_at=due - ONE_DAY, reply_due=due)
    return clock_views(listing, now, OFFICIAL)[1].words


# The last day of a promise is a working day, always.
@given(
    st.dates(date(2026, 1, 5), date(2026, 12, 31)).filter(OFFICIAL.is_working_day),
    instants(date(2026, 1, 5), date(2026, 12, 31)),
    st.sampled_from(REPLY_DAYS_LATE),
)
def test_the_list_of_what_is_late_by_so_many_working_days_and_the_badge_agree(last_day, now, days):
    due = start_of(last_day + ONE_DAY)
    listed = due <= late_by(now, days, OFFICIAL)

    said = badge(due, now)
    assert listed == any(said == f"已超 {count} 个工作日" for count in range(days, 400))


@given(instants(date(2026, 1, 5), date(2026, 12, 20)), st.sampled_from(REPLY_DAYS_LATE))
def test_whoever_is_listed_as_late_has_been_reminded_of_it_by_the_end_of_a_working_day(now, days):
    due = late_by(now, days, OFFICIAL)
    rungs = {rung.name: rung.at for rung in late_ladder(due, OFFICIAL)}

    assert rungs[f"late-{days}"].date() <= now.astimezone(SHANGHAI).date()
