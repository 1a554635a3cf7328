"""The clock process: one leads, and what fails does not stop the rest."""

import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from portal.journal import health, jobs, ticks
from portal.journal.models import Heartbeat, ProcessLease
from portal.journal.realtime import real_now
from tests.fakes.clock import HandClock
from tests.portal.journal.things import paint

pytestmark = pytest.mark.django_db


@pytest.fixture
def own_ticks(monkeypatch):
    monkeypatch.setattr(ticks, "_ticks", {})
    return ticks.tick


def test_ticks_get_the_houses_clock_and_one_that_fails_does_not_stop_the_others(own_ticks):
    seen = []

    @own_ticks("a.broken")
    def broken(clock):
        raise ZeroDivisionError

    @own_ticks("b.works")
    def works(clock):
        seen.append(clock.now())
        return 3

    clock = HandClock()
    assert ticks.run_ticks(clock) == {"b.works": 3}
    assert seen == [clock.now()]


def test_one_leads_until_it_falls_silent():
    assert ticks.lead("clock", "one")
    assert not ticks.lead("clock", "other")
    assert ticks.lead("clock", "one")

    ProcessLease.objects.update(until=real_now() - timedelta(seconds=1))
    assert ticks.lead("clock", "other")
    assert not ticks.lead("clock", "one")


def test_who_leads_is_known_and_can_give_it_up():
    ticks.lead("clock", "one")
    ticks.resign("clock", "other")
    assert ticks.is_led("clock")

    ticks.resign("clock", "one")
    assert not ticks.is_led("clock")

    ticks.lead("clock", "one")
    ProcessLease.objects.update(until=real_now() - timedelta(seconds=1))
    assert not ticks.is_led("clock")


@pytest.mark.django_db(transaction=True)
def test_of_many_that_start_at_once_one_leads():
    leads = []

    def start(name):
        try:
            leads.append(ticks.lead("clock", name))
        finally:
            connection.close()

    threads = [threading.Thread(target=start, args=(f"process-{number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(leads) == [False] * 5 + [True]


def test_a_job_that_fails_does_not_stop_the_others(monkeypatch):
    monkeypatch.setattr(jobs, "_jobs", {})
    jobs.job("a.broken")(lambda: 1 / 0)
    jobs.job("b.works")(lambda: 2)

    assert jobs.run_jobs() == 2


# --- Health ---------------------------------------------------------------------------------


def silent_for(**by):
    Heartbeat.objects.update(at=real_now() - timedelta(**by))


def test_who_was_never_seen_is_late():
    assert health.lag().is_late


@pytest.mark.parametrize(("silence", "late"), [({"seconds": 110}, False), ({"seconds": 130}, True)])
def test_two_minutes_of_silence_are_too_long(silence, late):
    for process in health.PROCESSES:
        health.beat(process)
    silent_for(**silence)

    assert health.lag().is_late is late


def test_work_that_nobody_takes_up_is_late_though_the_processes_live(monkeypatch):
    from portal.journal import handlers, relay
    from portal.journal.models import HandlerRun

    monkeypatch.setattr(handlers, "_handlers", {})
    handlers.subscribe("tests.slow", "tests.painted")(lambda told: None)
    for process in health.PROCESSES:
        health.beat(process)
    paint()
    relay.read_on()
    assert not health.lag().is_late

    HandlerRun.objects.update(due_at=real_now() - timedelta(minutes=3))
    assert health.lag().is_late


@pytest.mark.django_db(transaction=True)
def test_the_commands_beat_work_and_leave():
    call_command("worker", "--once")
    call_command("clock", "--once")

    assert set(Heartbeat.objects.values_list("process", flat=True)) >= set(health.PROCESSES)
    assert not health.lag().is_late
