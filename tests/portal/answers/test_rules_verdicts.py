from datetime import datetime, timedelta

import pytest

from portal.answers.rules.verdicts import (
    ClockKind,
    Holding,
    Outcome,
    Ruling,
    RunningClock,
    breaches,
    holder_at,
    stopped,
)
from portal.kernel.clock import SHANGHAI

pytestmark = pytest.mark.unit

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=SHANGHAI)
HOUR = timedelta(hours=1)

centre = Holding("leg-1", "centre", NOON - 10 * HOUR, NOON)
schools = Holding("leg-2", "schools", NOON, None)


def accept_clock(due, **kwargs):
    return RunningClock(ClockKind.ACCEPT, due, **kwargs)


def test_a_clock_that_is_not_due_has_no_verdict():
    assert breaches([accept_clock(NOON + HOUR)], [centre, schools], NOON) == []


def test_the_due_instant_itself_is_too_late():
    late = breaches([accept_clock(NOON)], [centre, schools], NOON)

    assert late == [Ruling(ClockKind.ACCEPT, "", Outcome.LATE, NOON, NOON, "leg-1")]


def test_a_breach_noticed_hours_late_happened_at_the_due_instant():
    due = NOON + HOUR

    [late] = breaches([accept_clock(due)], [centre, schools], due + 30 * HOUR)

    assert late.occurred_at == due
    assert late.held_by == "leg-2"


def test_a_hand_over_in_the_due_instant_comes_after_the_breach():
    assert holder_at([centre, schools], NOON) == centre


def test_a_legs_own_clock_is_booked_to_that_leg():
    [late] = breaches([accept_clock(NOON - HOUR, leg="leg-2")], [centre, schools], NOON)

    assert (late.leg, late.held_by) == ("leg-2", "leg-2")


def test_nobody_is_overdue_on_a_provisional_date():
    clock = RunningClock(ClockKind.REPLY, NOON - HOUR, provisional=True)

    assert breaches([clock], [centre, schools], NOON) == []


def test_stopping_in_time_is_a_verdict_of_its_instant():
    ruling = stopped(accept_clock(NOON + HOUR), NOON, "leg-2")

    assert ruling == Ruling(ClockKind.ACCEPT, "", Outcome.IN_TIME, NOON + HOUR, NOON, "leg-2")


def test_stopping_after_a_provisional_date_waits_for_the_calendar():
    assert stopped(RunningClock(ClockKind.REPLY, NOON - HOUR, provisional=True), NOON, "leg-2") is None
