"""Every handler hears of every event, at least once, and one that fails does not stop the others."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from portal.journal import handlers, relay
from portal.journal.models import Bookmark, HandlerRun
from portal.journal.realtime import real_now
from portal.journal.retrying import claim
from tests.portal.journal.things import paint

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch):
    """Two handlers of our own; `heard["broken"]` makes the second one fail."""
    monkeypatch.setattr(handlers, "_handlers", {})
    log = {"first": [], "second": [], "broken": False}

    @handlers.subscribe("tests.first", "tests.painted")
    def first(told):
        log["first"].append(told.position)

    @handlers.subscribe("tests.second", "tests.painted")
    def second(told):
        if log["broken"]:
            raise ConnectionError("resident@example.com cannot be reached")
        log["second"].append(told.position)

    return log


def due_now():
    HandlerRun.objects.update(due_at=real_now() - timedelta(seconds=1))


def test_every_handler_hears_every_event_in_order_and_once(heard):
    positions = [record.position for record in paint(1, times=3)]
    relay.drain()
    relay.drain()

    assert heard["first"] == heard["second"] == positions
    assert not HandlerRun.objects.exclude(status="done").exists()


def test_an_event_nobody_asked_for_makes_no_work(heard, monkeypatch):
    monkeypatch.setattr(handlers, "_handlers", {})
    paint()

    assert relay.drain() == 0
    assert not HandlerRun.objects.exists()


def test_reading_on_twice_makes_no_second_run(heard):
    paint()
    relay.read_on()
    Bookmark.objects.update(position=0)  # as if the bookmark had been lost
    relay.read_on()

    assert HandlerRun.objects.filter(event__aggregate="tests.door:1").count() == 2


def test_a_handler_that_fails_does_not_stop_the_others_and_is_tried_again_later(heard):
    heard["broken"] = True
    (record,) = paint()
    relay.drain()

    run = HandlerRun.objects.get(handler="tests.second")
    assert heard["first"] == [record.position]
    assert (run.status, run.attempts) == ("waiting", 1)
    assert run.due_at > real_now()

    heard["broken"] = False
    due_now()
    relay.drain()
    assert heard["second"] == [record.position]


def test_what_is_kept_of_a_failure_names_nobody(heard):
    heard["broken"] = True
    paint()
    relay.drain()

    assert HandlerRun.objects.get(handler="tests.second").error == "ConnectionError"


def test_after_the_last_try_a_run_is_left_for_staff_who_can_revive_it(heard):
    heard["broken"] = True
    (record,) = paint()
    for _ in range(relay.RETRY.tries):
        relay.drain()
        due_now()
    run = HandlerRun.objects.get(handler="tests.second")
    assert (run.status, run.attempts) == ("dead", relay.RETRY.tries)
    assert run.finished_at

    heard["broken"] = False
    relay.drain()
    assert heard["second"] == []
    relay.revive(run.pk)
    relay.drain()
    assert heard["second"] == [record.position]


def test_a_run_whose_worker_died_is_taken_over_when_its_lease_ends(heard):
    paint()
    relay.read_on()
    due = HandlerRun.objects.filter(status="waiting").order_by("id")
    taken = claim(due, relay.LEASE)
    assert {run.pk for run in (claim(due, relay.LEASE),) if run} == {due.last().pk}
    assert claim(due, relay.LEASE) is None

    HandlerRun.objects.filter(pk=taken.pk).update(leased_until=real_now() - timedelta(seconds=1))
    assert claim(due, relay.LEASE).pk == taken.pk


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_share_the_runs_and_do_none_twice(heard):
    positions = [record.position for record in paint(times=20)]
    relay.read_on()

    def work():
        try:
            relay.run_due()
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(heard["first"]) == positions
    assert sorted(heard["second"]) == positions
    assert set(HandlerRun.objects.values_list("attempts", flat=True)) == {1}


def test_two_handlers_cannot_share_a_name(heard):
    with pytest.raises(ValueError, match="two handlers"):
        handlers.subscribe("tests.first", "tests.painted")(lambda told: None)
