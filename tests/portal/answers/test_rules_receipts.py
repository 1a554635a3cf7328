"""When the clocks of what was told to staff start."""

from datetime import datetime, timedelta

import pytest

from portal.answers.rules.deadlines import Pause
from portal.answers.rules.receipts import Running, counted_from, is_too_old, latest_possible, needs_check
from portal.answers.rules.verdicts import ClockKind
from portal.kernel.clock import SHANGHAI
from tests.factories.workdays import official_calendar

pytestmark = pytest.mark.unit

DAYS = official_calendar()
ALL = frozenset({ClockKind.ACCEPT, ClockKind.REPLY, ClockKind.PLAIN})


def on(*parts):
    return datetime(2026, *parts, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("minutes", "checked"),
    [(0, False), (30, False), (31, True), (60 * 24 * 180, True)],
)
def test_what_is_typed_within_half_an_hour_needs_no_check(minutes, checked):
    typed_at = on(3, 2, 10)

    assert needs_check(typed_at - timedelta(minutes=minutes), typed_at) is checked


@pytest.mark.parametrize(("days", "is_slip"), [(179, False), (180, False), (181, True), (365, True)])
def test_half_a_year_is_a_slip(days, is_slip):
    assert is_too_old(on(12, 1, 10) - timedelta(days=days), on(12, 1, 10)) is is_slip


@pytest.mark.parametrize(
    ("running", "ends"),
    [
        (Running(ALL), {"accept": on(3, 3, 9, 30), "reply": on(3, 12), "plain": on(3, 12)}),
        (Running(ALL - {ClockKind.PLAIN}), {"accept": on(3, 3, 9, 30), "reply": on(3, 12)}),
        (Running(frozenset({ClockKind.REPLY})), {"reply": on(3, 12)}),
        (Running(frozenset({ClockKind.REPLY, ClockKind.PLAIN}), extension=2), {"reply": on(3, 14), "plain": on(3, 12)}),
        (
            Running(frozenset({ClockKind.REPLY}), pauses=(Pause(on(3, 4, 10), on(3, 6, 9)),)),
            {"reply": on(3, 14)},
        ),
        (Running(frozenset()), {}),
    ],
)
def test_the_running_clocks_are_counted_from_the_corrected_time(running, ends):
    counted = counted_from(on(3, 2, 9, 30), running, DAYS)

    assert {str(kind): due.instant for kind, due in counted.items()} == ends


def test_a_time_is_corrected_at_most_to_the_typing_and_to_before_what_was_missed():
    typed_at = on(3, 4, 10)

    assert latest_possible(typed_at, []) == typed_at
    assert latest_possible(typed_at, [on(3, 3, 9)]) < on(3, 3, 9)
    assert latest_possible(typed_at, [on(3, 13), on(3, 5)]) == typed_at
