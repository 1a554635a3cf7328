"""A clock process that dies before a due instant and comes back after it: the verdict carries the due instant."""

import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from portal.answers.models import Verdict
from portal.config.clocks import MovableClock, write_offset
from portal.journal.models import EventRecord, Heartbeat, ProcessLease
from portal.journal.realtime import real_now
from portal.journal.verification import faults
from tests.factories.answers import MONDAY, accepted, ask, make_district
from tests.portal.answers.histories import replayed, stored

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).parents[3]
PATIENCE = 60  # seconds; a process starts in two on an idle machine
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock_file():
    """All processes of this test read the offset from one file; it goes with the test."""
    yield
    settings.CLOCK_OFFSET_FILE.unlink(missing_ok=True)


def move_clocks_to(instant):
    write_offset(instant - real_now())


@contextmanager
def clock_process(environment):
    command = [sys.executable, "manage.py", "clock", "--every", "0.05"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_for_a_round():
    """Wait until a clock process has begun a round after now, and ended it."""
    for _ in range(2):
        seen = Heartbeat.objects.filter(process="clock").values_list("at", flat=True).first()
        end = time.monotonic() + PATIENCE
        while Heartbeat.objects.filter(process="clock").values_list("at", flat=True).first() == seen:
            assert time.monotonic() < end
            time.sleep(0.02)


def written():
    return {(row.clock, row.outcome, row.due, row.occurred_at) for row in Verdict.objects.filter(leg=None)}


def test_a_clock_killed_before_the_due_instant_and_started_after_it_writes_that_instant(process_env):
    district = make_district()
    asked, taken_on = ask(district), accepted(district)
    kept = {("accept", "in_time", taken_on.accept_due, MONDAY)}

    move_clocks_to(asked.accept_due - timedelta(minutes=1))
    with clock_process(process_env) as process:
        wait_for_a_round()
        assert written() == kept
        process.send_signal(signal.SIGKILL)

    move_clocks_to(asked.reply_due + 5 * HOUR)
    assert written() == kept
    # The dead process still leads for some seconds; that is real time, and not what this is about.
    ProcessLease.objects.update(until=real_now())
    with clock_process(process_env):
        wait_for_a_round()

    assert written() == kept | {
        (clock, "late", due, due) for clock, due in (("accept", asked.accept_due), ("reply", asked.reply_due))
    }
    late = EventRecord.objects.filter(name="answers.verdict_recorded", payload__outcome="late")
    assert {event.occurred_at for event in late} == {asked.accept_due, asked.reply_due}
    assert all(event.recorded_at >= asked.reply_due + 5 * HOUR for event in late)
    for question in (asked, taken_on):
        assert stored(question) == replayed(question, MovableClock().now())
    assert list(faults()) == []
