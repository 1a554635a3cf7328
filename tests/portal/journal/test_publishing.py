"""Events are written with the change they tell of, in commit order, and never altered."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from portal.journal.append_only import lifted
from portal.journal.models import EventRecord, JournalHead
from portal.journal.publishing import NO_HASH, publish
from tests.portal.journal.things import NOW, TESTER, Painted, paint

pytestmark = pytest.mark.django_db


def test_an_event_says_what_happened_to_what_by_whom_and_when():
    (record,) = paint(7, colour="green", late=timedelta(hours=3))

    assert record.aggregate == "tests.door:7"
    assert record.name == "tests.painted"
    assert record.actor == "system:tests"
    assert record.payload == {"colour": "green"}
    assert record.recorded_at == NOW
    assert record.occurred_at == NOW - timedelta(hours=3)


def test_each_aggregate_has_its_own_numbers_and_its_own_chain():
    first, second = paint(1, times=2)
    (other,) = paint(2)
    (third,) = paint(1)

    assert [record.seq for record in (first, second, third)] == [1, 2, 3]
    assert (other.seq, other.previous_hash) == (1, NO_HASH)
    assert (second.previous_hash, third.previous_hash) == (first.hash, second.hash)


def test_positions_are_global_and_without_gap():
    before = JournalHead.objects.get().position
    records = [*paint(1, times=2), *paint(2), *paint(1)]

    assert [record.position for record in records] == [before + n for n in (1, 2, 3, 4)]
    assert JournalHead.objects.get().position == before + 4


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_neither_event_nor_gap():
    before = JournalHead.objects.get().position

    def change_that_fails():
        with transaction.atomic():
            publish(Painted(), about="tests.door:1", by=TESTER, at=NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_that_fails()
    assert JournalHead.objects.get().position == before
    (record,) = paint()
    assert record.position == before + 1


@pytest.mark.django_db(transaction=True)
def test_an_event_cannot_be_published_outside_the_transaction_of_its_change():
    with pytest.raises(RuntimeError, match="transaction"):
        publish(Painted(), about="tests.door:1", by=TESTER, at=NOW)


def test_publishing_nothing_takes_no_lock(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert publish(about="tests.door:1", by=TESTER, at=NOW) == []


@pytest.mark.parametrize(
    "tamper",
    [
        "UPDATE portal_journal_eventrecord SET name = 'tests.washed'",
        "UPDATE portal_journal_eventrecord SET payload = '{}'",
        "DELETE FROM portal_journal_eventrecord",
    ],
)
def test_the_database_itself_refuses_to_change_or_remove_an_event(tamper):
    paint()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(tamper)

    assert EventRecord.objects.get(aggregate="tests.door:1").name == "tests.painted"


@pytest.mark.django_db(transaction=True)
def test_a_demo_that_starts_over_may_remove_and_then_the_guard_stands_again():
    paint()
    with transaction.atomic(), lifted(connection):
        EventRecord.objects.all().delete()
    paint(2)

    with pytest.raises(DatabaseError), transaction.atomic():
        EventRecord.objects.filter(aggregate="tests.door:2").delete()


def test_an_event_cannot_have_happened_after_it_was_recorded():
    with pytest.raises(DatabaseError), transaction.atomic():
        paint(late=timedelta(seconds=-1))


@pytest.mark.django_db(transaction=True)
def test_whoever_has_read_up_to_a_position_never_later_meets_a_smaller_one():
    """Four writers, each slow between publishing and commit, and one reader that never sleeps."""
    start, writers, rounds = JournalHead.objects.get().position, 4, 12
    seen: list[int] = []
    done = threading.Event()
    faults: list[BaseException] = []

    def write(writer: int) -> None:
        try:
            for number in range(rounds):
                with transaction.atomic():
                    publish(Painted(), about=f"tests.door:{writer}-{number % 3}", by=TESTER, at=NOW)
                    time.sleep(0.001 * (writer + 1))
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    def read() -> None:
        try:
            while True:
                last_round = done.is_set()
                after = seen[-1] if seen else start
                found = EventRecord.objects.filter(position__gt=after).order_by("position")
                seen.extend(found.values_list("position", flat=True))
                if last_round:
                    return
                time.sleep(0.002)
        finally:
            connection.close()

    reader = threading.Thread(target=read)
    reader.start()
    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    reader.join()

    assert not faults
    assert seen == list(range(start + 1, start + writers * rounds + 1))
