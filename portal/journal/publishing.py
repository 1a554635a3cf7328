"""Write events into the journal, inside the transaction of the change they tell of."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime

from django.db import connection

from portal.journal.models import EventRecord
from portal.kernel.actors import Actor
from portal.kernel.events import Event

NO_HASH = "0" * 64


def publish(*events: Event, about: str, by: Actor, at: datetime) -> list[EventRecord]:
    """Append `events` about one aggregate and return their records. Writes nothing else.

    about: reference string of the aggregate, such as "portal.answers.question:<uuid>".
    at: the instant the action read from its clock; becomes `recorded_at`.
    Call it last in the action: from here to the commit the journal's row lock is held, which
    is what makes positions follow commit order. An autoincrement would not: a transaction
    that took a smaller number could commit after one that a reader has already seen.
    Raises RuntimeError outside a transaction.
    """
    return publish_batch([(about, events)], by=by, at=at)


def publish_batch(batch: Sequence[tuple[str, Sequence[Event]]], *, by: Actor, at: datetime) -> list[EventRecord]:
    """Append the events of many aggregates at once: what `publish` does, in a fixed number of statements.

    batch: pairs of aggregate and its events, every aggregate once.
    Raises RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an event is published in the transaction of its change")
    count = sum(len(events) for _about, events in batch)
    if not count:
        return []
    position = _advance_head(count) - count
    latest = _latest([about for about, _events in batch])
    records = []
    for about, events in batch:
        seq, previous_hash = latest.get(about, (0, NO_HASH))
        for event in events:
            position += 1
            seq += 1
            record = EventRecord(
                position=position,
                aggregate=about,
                seq=seq,
                name=event.name,
                actor=f"{by.kind.value}:{by.id}",
                actor_key=secrets.token_bytes(32),
                occurred_at=(event.occurred_at or at).astimezone(UTC),
                recorded_at=at.astimezone(UTC),
                payload=event.payload(),
                previous_hash=previous_hash,
            )
            record.hash = previous_hash = record.compute_hash()
            records.append(record)
    return EventRecord.objects.bulk_create(records)


def _latest(aggregates: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Return number and hash of each aggregate's last event. One statement."""
    found = EventRecord.objects.filter(aggregate__in=aggregates)
    if len(aggregates) == 1:
        row = found.order_by("-seq").values_list("aggregate", "seq", "hash").first()
        return {row[0]: (row[1], row[2])} if row else {}
    rows = found.order_by("seq").values_list("aggregate", "seq", "hash")
    return {aggregate: (seq, hash_) for aggregate, seq, hash_ in rows}


def _advance_head(count: int) -> int:
    """Lock the head until commit, move it on by `count`, return the last position taken."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE portal_journal_journalhead SET position = position + %s WHERE id = 1 RETURNING position", [count]
        )
        return int(cursor.fetchone()[0])
