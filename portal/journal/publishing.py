"""Write events into the journal, inside the transaction of the change they tell of."""

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
    if not connection.in_atomic_block:
        raise RuntimeError("an event is published in the transaction of its change")
    if not events:
        return []
    last_position = _advance_head(len(events))
    previous = EventRecord.objects.filter(aggregate=about).order_by("-seq").values_list("seq", "hash").first()
    seq, previous_hash = previous or (0, NO_HASH)
    records = []
    for offset, event in enumerate(events, start=1):
        record = EventRecord(
            position=last_position - len(events) + offset,
            aggregate=about,
            seq=seq + offset,
            name=event.name,
            actor=f"{by.kind.value}:{by.id}",
            occurred_at=(event.occurred_at or at).astimezone(UTC),
            recorded_at=at.astimezone(UTC),
            payload=event.payload(),
            previous_hash=previous_hash,
        )
        record.hash = previous_hash = record.compute_hash()
        records.append(record)
    return EventRecord.objects.bulk_create(records)


def _advance_head(count: int) -> int:
    """Lock the head until commit, move it on by `count`, return the last position taken."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE portal_journal_journalhead SET position = position + %s WHERE id = 1 RETURNING position", [count]
        )
        return int(cursor.fetchone()[0])
