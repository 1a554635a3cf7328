from datetime import datetime, timedelta

import pytest

from portal.answers.rules.reminders import accept_ladder, next_rung, reply_ladder
from portal.kernel.clock import SHANGHAI
from tests.fakes.calendars import WEEKDAYS

pytestmark = pytest.mark.unit

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
