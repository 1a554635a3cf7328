"""The copies: the words of each document in our own tables, as they were indexed, and what can be typed to find it."""

from collections.abc import Iterable
from operator import attrgetter

from django.db import connection, transaction

from search.analysis.folding import fold
from search.batches import batches
from search.completion import keys
from search.documents import EVERYBODY, Document
from search.models import Entry, Suggestion

BATCH = 100  # documents of one write
COLUMNS = "search_suggestion (entry_id, key, language, text, weight)"
COPIED = ("kind", "language", "office", "audience", "title", "folded", "body", "published", "weight", "position")


def keep(present: Iterable[Document], gone: Iterable[str], position: int) -> None:
    """Bring the copies up to date, and what is suggested of them.

    position: of the journal, up to which this is known. What was kept with a greater one stays.
    """
    entries = {one.id: _entry(one, position) for one in sorted(present, key=attrgetter("id"))}
    with transaction.atomic():
        for identities in batches(gone, BATCH):
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
    """Write what can be typed to begin the titles of entries that everybody may find.

    A title has some forty rows; made into objects of Django's first, they would take longer than all the rest of a rebuild.
    """
    rows = [
        (one.id, key, one.language, one.title, one.weight)
        for one in entries
        if one.audience == EVERYBODY
        for key in keys(one.title)
    ]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {COLUMNS} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            cursor.executemany(f"INSERT INTO {COLUMNS} VALUES (%s, %s, %s, %s, %s)", rows)  # noqa: S608 — names of ours
