"""Prove that the journal is as it was written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portal.journal.models import EventRecord, JournalHead
from portal.journal.publishing import NO_HASH


@dataclass(frozen=True)
class Fault:
    """Something that does not fit, and where."""

    position: int
    what: str


def faults() -> Iterator[Fault]:
    """Walk the journal in order and yield everything that does not fit.

    Found are: a changed field, a removed or inserted row, a swapped order, a cut end.
    """
    expected = 1
    ends: dict[str, tuple[int, str]] = {}
    for record in EventRecord.objects.order_by("position").iterator(chunk_size=2000):
        if record.position != expected:
            yield Fault(expected, f"position missing before {record.position}")
        expected = record.position + 1
        yield from _misfits(record, *ends.get(record.aggregate, (0, NO_HASH)))
        ends[record.aggregate] = (record.seq, record.hash)
    head = JournalHead.objects.get(id=1).position
    if head != expected - 1:
        yield Fault(expected, f"the head says {head}: the end is cut off or was never counted")


def faults_of(events: Iterable[EventRecord]) -> Iterator[Fault]:
    """Walk all events of one aggregate, in order, and yield what does not fit in their chain."""
    seq, previous_hash = 0, NO_HASH
    for record in events:
        yield from _misfits(record, seq, previous_hash)
        seq, previous_hash = record.seq, record.hash


def _misfits(record: EventRecord, seq: int, previous_hash: str) -> Iterator[Fault]:
    if record.seq != seq + 1:
        yield Fault(record.position, f"{record.aggregate}: seq {record.seq} after {seq}")
    if record.previous_hash != previous_hash:
        yield Fault(record.position, f"{record.aggregate}: chain broken")
    if record.hash != record.compute_hash():
        yield Fault(record.position, "content differs from its hash")
