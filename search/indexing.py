"""Keeps the index like the database: what has changed is noted in the transaction of its change and worked off by the worker.

A note holds an id and nothing else. Whoever works it off reads the document afresh, so what was taken back
meanwhile leaves the index, however late that is; and an engine that is away costs time, never a change.
"""

from collections.abc import Callable, Iterable, Iterator

from django.db import transaction
from django.db.models import F

from portal.journal.models import JournalHead
from portal.journal.ticks import lead, process_name, resign
from search import rebuilding, registry
from search.batches import batches
from search.copies import BATCH, keep
from search.documents import Document
from search.engines import current
from search.engines.base import Engine
from search.models import Entry, Waiting
from search.rebuilding import Report

# Who makes the index anew leads this, and is known to be alive by it.
REBUILDING = "search.rebuild"


def note(identities: Iterable[str]) -> None:
    """Say that documents have changed, or are gone. Call it in the transaction of the change."""
    for identity in identities:
        _waiting, is_new = Waiting.objects.get_or_create(document=identity)
        if not is_new:
            Waiting.objects.filter(document=identity).update(turn=F("turn") + 1)


def work_off(engine: Engine | None = None) -> int:
    """Index what waits, a batch; return how many documents that was. Raises EngineAway, and then all of it still waits."""
    waiting = dict(Waiting.objects.order_by("document").values_list("document", "turn")[:BATCH])
    if not waiting:
        return 0
    position = _position()
    found = {identity: registry.fresh(identity) for identity in waiting}
    present = [document for document in found.values() if document]
    gone = [identity for identity, document in found.items() if not document]
    # The copy first: what had to go is not shown from it, even where the engine is away.
    keep(present, gone, position)
    (engine or current()).write(present, gone, position)
    with transaction.atomic():
        for identity, turn in waiting.items():
            Waiting.objects.filter(document=identity, turn=turn).delete()
    return len(waiting)


def rebuild(
    engine: Engine, progress: Callable[[int], None] = lambda count: None, *, may_shrink: bool = False
) -> Report:
    """Make the index and the copies anew from the database; see `search.rebuilding`."""

    def everything() -> Iterator[Document]:
        position = _position()
        for documents in batches((document for kind in registry.kinds() for document in kind.documents()), BATCH):
            lead(REBUILDING, process_name())
            keep(documents, (), position)
            yield from documents

    lead(REBUILDING, process_name())
    try:
        report = rebuilding.rebuild(engine, everything(), position=_position, progress=progress, may_shrink=may_shrink)
    finally:
        resign(REBUILDING, process_name())
    # Copies of what is gone, also of what went while it was read: the worker looks at them once more.
    note(sorted(engine.ids() ^ set(Entry.objects.values_list("id", flat=True))))
    return report


def _position() -> int:
    """Return the journal's: up to where what is read after this is known."""
    return JournalHead.objects.values_list("position", flat=True).get(id=1)
