"""Whatever is changed behind the journal's back, the check finds it."""

import io
import random
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from portal.journal.models import EventRecord, JournalHead
from portal.journal.verification import faults
from tests.portal.journal.things import paint

pytestmark = pytest.mark.django_db


@pytest.fixture
def journal():
    """Twelve events about three doors; returns their positions."""
    for number in range(4):
        for door in (1, 2, 3):
            paint(door, colour=f"colour-{number}")
    return list(EventRecord.objects.order_by("position").values_list("position", flat=True))


@pytest.fixture
def unguarded(transactional_db):
    """The database without its triggers, as somebody with its password could make it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE portal_journal_eventrecord DISABLE TRIGGER USER")
            yield
            cursor.execute("ALTER TABLE portal_journal_eventrecord ENABLE TRIGGER USER")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'journal_%'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _name, sql in triggers:
            cursor.execute(sql)


def test_an_untouched_journal_has_no_fault(journal):
    assert list(faults()) == []
    out = io.StringIO()
    call_command("journal_verify", stdout=out)
    assert "12 events, no fault" in out.getvalue()


CHANGES = {
    "name": lambda record: "tests.washed",
    "actor": lambda record: "person:somebody-else",
    "payload": lambda record: {"colour": "black"},
    "occurred_at": lambda record: record.occurred_at - timedelta(microseconds=1),
    "recorded_at": lambda record: record.recorded_at + timedelta(microseconds=1),
    "aggregate": lambda record: "tests.door:99",
    "seq": lambda record: record.seq + 100,
    "previous_hash": lambda record: "f" * 64,
    "hash": lambda record: "e" * 64,
}


@pytest.mark.parametrize("field", CHANGES)
@pytest.mark.parametrize("seed", range(3))
def test_any_changed_field_of_any_event_is_found(unguarded, journal, field, seed):
    position = random.Random(seed).choice(journal)
    record = EventRecord.objects.get(position=position)
    EventRecord.objects.filter(position=position).update(**{field: CHANGES[field](record)})

    assert list(faults())


@pytest.mark.parametrize("index", [0, 5, 11])
def test_a_removed_event_is_found_the_last_one_too(unguarded, journal, index):
    EventRecord.objects.filter(position=journal[index]).delete()

    assert list(faults())


def test_an_event_put_in_afterwards_is_found(unguarded, journal):
    last = EventRecord.objects.get(position=journal[-1])
    forged = EventRecord(
        position=last.position + 1,
        aggregate=last.aggregate,
        seq=last.seq + 1,
        name=last.name,
        actor=last.actor,
        occurred_at=last.occurred_at,
        recorded_at=last.recorded_at,
        payload=last.payload,
        previous_hash=last.hash,
    )
    forged.hash = forged.compute_hash()  # even one that fits the chain
    forged.save(force_insert=True)

    assert [fault.what for fault in faults()] == [
        f"the head says {JournalHead.objects.get().position}: the end is cut off or was never counted"
    ]


def test_two_events_of_one_door_that_changed_places_are_found(unguarded, journal):
    one, other = EventRecord.objects.filter(aggregate="tests.door:1").order_by("seq")[:2]
    EventRecord.objects.filter(position=one.position).update(payload=other.payload)
    EventRecord.objects.filter(position=other.position).update(payload=one.payload)

    assert {fault.position for fault in faults()} == {one.position, other.position}


def test_an_event_rewritten_with_a_fitting_hash_breaks_the_chain_behind_it(unguarded, journal):
    record = EventRecord.objects.get(aggregate="tests.door:1", seq=2)
    record.payload = {"colour": "black"}
    EventRecord.objects.filter(position=record.position).update(payload=record.payload, hash=record.compute_hash())

    assert [fault.what for fault in faults()] == ["tests.door:1: chain broken"]


def test_the_command_names_every_fault_and_fails(unguarded, journal):
    EventRecord.objects.filter(position=journal[3]).update(name="tests.washed")
    err = io.StringIO()

    with pytest.raises(CommandError, match="1 faults"):
        call_command("journal_verify", stderr=err)
    assert err.getvalue() == f"{journal[3]}: content differs from its hash\n"
