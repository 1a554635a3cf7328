from datetime import datetime, timedelta

import pytest

from portal.answers.rules.deadlines import leg_accept_due, rating_ends
from portal.kernel.clock import SHANGHAI
from tests.fakes.calendars import WEEKDAYS

pytestmark = pytest.mark.unit


def test_a_transfer_gives_the_new_office_24_hours():
    received = datetime(2026, 5, 9, 16, 0, tzinfo=SHANGHAI)
    reply_due = datetime(2026, 5, 15, tzinfo=SHANGHAI)

    assert leg_accept_due(received, reply_due) == datetime(2026, 5, 10, 16, 0, tzinfo=SHANGHAI)


def test_a_transfer_on_the_last_day_leaves_only_what_is_left():
    received = datetime(2026, 5, 14, 16, 0, tzinfo=SHANGHAI)
    reply_due = datetime(2026, 5, 15, tzinfo=SHANGHAI)

    assert leg_accept_due(received, reply_due) == reply_due


def test_a_transfer_after_the_reply_was_due_still_gives_24_hours():
    received = datetime(2026, 5, 15, 16, 0, tzinfo=SHANGHAI)
    reply_due = datetime(2026, 5, 15, tzinfo=SHANGHAI)

    assert leg_accept_due(received, reply_due) == received + timedelta(hours=24)


def test_an_answer_may_be_rated_for_ten_working_days():
    answered = datetime(2026, 3, 2, 16, 0, tzinfo=SHANGHAI)

    assert rating_ends(answered, WEEKDAYS) == datetime(2026, 3, 17, tzinfo=SHANGHAI)
