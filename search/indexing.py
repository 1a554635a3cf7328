"""Keeps the index like the database: what has changed is noted in the transaction of its change and worked off by the worker.

A note holds an id and nothing else. Whoever works it off reads the document afresh, so what was taken back
meanwhile leaves the index, however late that is; and an engine that is away costs time, never a change.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from operator import attrgetter
from typing import TypeVar

from django.db import connection, transaction
from django.db.models import F

from portal.journal.models import JournalHead
from portal.journal.ticks import lead, process_name, resign
from search import rebuilding, registry
from search.analysis.folding import fold
from search.completion import keys
from search.documents import Document
from search.engines import current
from search.engines.base import Asked, Engine
from search.models import Entry, Suggestion, Waiting
from search.rebuilding import Report

Item = TypeVar("Item")

BATCH = 100  # documents of one write
COLUMNS = "search_suggestion (entry_id, key, language, text, weight)"
COMPARED = 1000  # ids that are compared at once
# Who makes the index anew leads this, and is known to be alive by it.
REBUILDING = "search.rebuild"
COPIED = ("kind", "language", "office", "audience", "title", "folded", "body", "published", "weight", "position")


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
        for documents in _batches(document for kind in registry.kinds() for document in kind.documents()):
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


def keep(present: Iterable[Document], gone: Iterable[str], position: int) -> None:
    """Bring the copies up to date, and what is suggested of them.

    position: of the journal, up to which this is known. What was kept with a greater one stays.
    """
    entries = {one.id: _entry(one, position) for one in sorted(present, key=attrgetter("id"))}
    with transaction.atomic():
        for identities in _batches(gone):
            Entry.objects.filter(id__in=identities, position__lte=position).delete()
        # A row for each that can be locked, in an order in which no two writers wait for each other.
        Entry.objects.bulk_create([Entry(id=one) for one in entries], ignore_conflicts=True)
        locked = Entry.objects.filter(id__in=entries).order_by("id").select_for_update()
        newer = {one for one, known in locked.values_list("id", "position") if known > position}
        written = [entry for one, entry in entries.items() if one not in newer]
        Entry.objects.bulk_create(written, update_conflicts=True, unique_fields=["id"], update_fields=COPIED)
        Suggestion.objects.filter(entry__in=[one.id for one in written]).delete()
        _suggest(written)


def _entry(document: Document, position: int) -> Entry:
    return Entry(
        id=document.id,
        kind=document.kind,
        language=document.language,
        office=document.office,
        audience=document.audience,
        title=document.title,
        folded=fold(f"{document.title} {document.keywords}"),
        body=document.body,
        published=document.published,
        weight=document.weight,
        position=position,
    )


def _suggest(entries: Iterable[Entry]) -> None:
    """Write what can be typed to begin the titles of entries.

    A title has some forty rows; made into objects of Django's first, they would take longer than all the rest of a rebuild.
    """
    rows = [(one.id, key, one.language, one.title, one.weight) for one in entries for key in keys(one.title)]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {COLUMNS} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            cursor.executemany(f"INSERT INTO {COLUMNS} VALUES (%s, %s, %s, %s, %s)", rows)  # noqa: S608 — names of ours


def _position() -> int:
    """Return the journal's: up to where what is read after this is known."""
    return JournalHead.objects.values_list("position", flat=True).get(id=1)


def differences(engine: Engine) -> tuple[set[str], set[str]]:
    """Return the ids that are missing in the index or among the copies, and those that are left over in either.

    Asks for some at a time. All there are at once are read only where the numbers say that something is left over.
    """
    missing: set[str] = set()
    indexed = copied = 0
    for wanted in _batches(registry.identities(), COMPARED):
        in_index = set(engine.ask(Asked(None, {"id": wanted}, limit=len(wanted))).ids)
        in_copies = set(Entry.objects.filter(id__in=wanted).values_list("id", flat=True))
        missing |= set(wanted) - (in_index & in_copies)
        indexed, copied = indexed + len(in_index), copied + len(in_copies)
    if (indexed, copied) == (engine.count(), Entry.objects.count()):
        return missing, set()
    left_over = engine.ids() | set(Entry.objects.values_list("id", flat=True))
    for wanted in _batches(registry.identities(), COMPARED):
        left_over.difference_update(wanted)
    return missing, left_over


def _batches(items: Iterable[Item], size: int = BATCH) -> Iterator[list[Item]]:
    waiting = iter(items)
    while batch := list(islice(waiting, size)):
        yield batch
