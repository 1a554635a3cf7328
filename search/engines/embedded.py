"""The embedded engine: tantivy in this process, its index in a folder or in memory. No server."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any, TypeVar

import tantivy
from tantivy import Occur, Query

from search.batches import batches
from search.documents import EXACT_FIELDS, IN_ORDER, TOKEN_FIELDS, Document
from search.engines.base import MOST_VALUES, Asked, EngineAway, Found, NoIndex, NothingBefore, TakenOver
from search.engines.naming import Names, fingerprint, fits, next_name
from search.engines.shelves import FolderShelf, MemoryShelf, Shelf
from search.plan import Best, Bonus, Boost, Node, Phrase, Sum, Term, without_bonus

HEAP = 64_000_000  # bytes a writer collects before it writes a segment
THREADS = 2  # that write; a machine of the small mode has hardly more
BATCH = 500  # documents between which others may write
WAIT = 5.0  # seconds for another process to have written; a batch takes a tenth of it
# Tantivy multiplies by log2(2 + the field's value), so weights are stored as what gives SPREAD times the weight:
# from a quarter on they count exactly.
SPREAD = 4.0
LIVE = "1"

T = TypeVar("T")


def schema() -> tantivy.Schema:
    """Return the fields of the index. live: empty where a document is gone, of which only the position is kept."""
    builder = tantivy.SchemaBuilder()
    for name in (*EXACT_FIELDS, "live"):
        builder.add_text_field(name, stored=name == "id", fast=True, tokenizer_name="raw", index_option="basic")
    for name in TOKEN_FIELDS:
        option = "position" if name in IN_ORDER else "freq"
        builder.add_text_field(name, tokenizer_name="whitespace", index_option=option)
    builder.add_integer_field("day", fast=True)
    builder.add_float_field("weight", fast=True)
    builder.add_integer_field("position", stored=True)
    return builder.build()


class EmbeddedEngine:
    """Tantivy. folder: None keeps the index in memory; one process writes to a folder at a time, others wait."""

    def __init__(self, folder: Path | None = None, wait: float = WAIT) -> None:
        self._schema, self._wait = schema(), wait
        self._print = fingerprint([EXACT_FIELDS, TOKEN_FIELDS, IN_ORDER, "live", "day", "weight", "position", SPREAD])
        self._shelf: Shelf = FolderShelf(folder) if folder else MemoryShelf()
        if not folder:
            # What is in memory is for one process, and whoever made it knows that it is empty.
            self.swap(self.begin())

    # --- Asking ---

    def ask(self, asked: Asked) -> Found:
        """Answer a request."""
        with _reading():
            searcher = self._searcher()
            if not searcher.num_docs:
                return Found([], 0, {name: {} for name in asked.facets})
            scored = self._query(asked.plan) if asked.plan else self._live()
            narrowed = self._narrowed(scored, asked, "")
            order: dict[str, Any] = (
                {"order_by_field": "day"} if asked.sort == "newest" else {"weight_by_field": "weight"}
            )
            # It cannot be asked for no result at all.
            found = searcher.search(narrowed, limit=asked.size or 1, offset=asked.offset if asked.size else 0, **order)
            ids = [_id(searcher, address) for _, address in found.hits] if asked.size else []
            facets = self._facets(searcher, asked)
            total: int = found.count  # type: ignore[attr-defined]  # left out of its types
            return Found(ids, total, facets)

    def ids(self) -> set[str]:
        """Return the ids of all documents."""
        with _reading():
            searcher = self._searcher()
            if not searcher.num_docs:
                return set()
            hits = searcher.search(self._live(), limit=searcher.num_docs).hits
            return {_id(searcher, address) for _, address in hits}

    def count(self, name: str = "") -> int:
        """Return how many documents an index holds, the one in use where none is named."""
        with _reading():
            found = self._searcher(name).search(self._live(), limit=1)
            return found.count  # type: ignore[attr-defined, no-any-return]  # left out of its types

    # --- Writing ---

    def write(self, documents: Iterable[Document], gone: Iterable[str] = (), position: int = 0) -> None:
        """Replace documents by id and take out those that are gone."""
        names = self._shelf.names()
        into = [name for name in names.written_to if fits(name, self._print)]
        if not into:
            raise EngineAway(f"{names.current} is of another version: rebuild it") if names.current else NoIndex
        gone = list(gone)
        for batch in batches(documents, BATCH) if not gone else [list(documents)]:
            for name in into:
                self._write(name, batch, gone, position)

    def clear(self) -> None:
        """Take out everything."""
        self.swap(self.begin())
        with self._shelf.alone():
            self._shelf.say(Names(self._shelf.names().current))

    # --- A new index beside the one in use ---

    def names(self) -> Names:
        """Return which indexes there are."""
        return self._shelf.names()

    def begin(self) -> str:
        """Make an index that from now on gets every change as well; one that was left unfinished goes."""
        with self._shelf.alone():
            names = self._shelf.names()
            name = self._make()
            self._shelf.say(Names(names.current, name, names.before))
            return name

    def fill(self, name: str, documents: Iterable[Document], position: int = 0) -> None:
        """Write into the index that is being built."""
        for batch in batches(documents, BATCH):
            self._ensure_building(name)
            self._write(name, batch, [], position)

    def swap(self, name: str) -> None:
        """Let the index that was built be asked from now on, in one step; keep the one before it."""
        with self._shelf.alone():
            self._ensure_building(name)
            self._shelf.say(Names(name, "", self._shelf.names().current))

    def roll_back(self) -> str:
        """Let the index before be asked again, and return its name."""
        with self._shelf.alone():
            names = self._shelf.names()
            if not names.before:
                raise NothingBefore
            self._shelf.say(Names(names.before, names.building, names.current))
            return names.before

    def _make(self) -> str:
        name = next_name(self._print, self._shelf.taken())
        self._shelf.make(name, self._schema)
        return name

    def _ensure_building(self, name: str) -> None:
        if self._shelf.names().building != name:
            raise TakenOver(name)

    def _write(self, name: str, documents: list[Document], gone: list[str], position: int) -> None:
        with self._writer(name) as (index, writer):
            ids = [*(one.id for one in documents), *gone]
            newer = self._newer(index.searcher(), ids, position)
            for one in gone:
                if one not in newer:
                    writer.delete_documents_by_term("id", one)
                    if position:
                        # So that what was known earlier does not bring it back.
                        self._add(writer, {"id": one, "live": "", "position": position})
            for document in documents:
                if document.id not in newer:
                    writer.delete_documents_by_term("id", document.id)
                    numbers = {"day": document.day, "weight": 2 ** (SPREAD * document.weight) - 2, "position": position}
                    self._add(writer, document.exact | document.tokens() | numbers | {"live": LIVE})

    def _add(self, writer: tantivy.IndexWriter, fields: dict[str, Any]) -> None:
        writer.add_document(tantivy.Document.from_dict(fields, self._schema))

    def _newer(self, searcher: tantivy.Searcher, ids: list[str], position: int) -> set[str]:
        """Return which of the ids have been written with a greater position."""
        if not searcher.num_docs:
            return set()
        known = searcher.search(Query.term_set_query(self._schema, "id", ids), limit=max(1, len(ids))).hits
        found = [searcher.doc(address) for _, address in known]
        return {str(one.get_first("id")) for one in found if int(one.get_first("position") or 0) > position}

    @contextmanager
    def _writer(self, name: str) -> Iterator[tuple[tantivy.Index, tantivy.IndexWriter]]:
        """Write alone; what is written is kept as a whole or not at all."""
        with _reading():
            index = self._shelf.index(name)
            writer = _waiting(lambda: index.writer(HEAP, THREADS), self._wait)
            try:
                # What the one before us has written.
                index.reload()
                yield index, writer
                writer.commit()
            except BaseException:
                writer.rollback()
                raise
            finally:
                writer.wait_merging_threads()
            index.reload()

    # --- Queries ---

    def _searcher(self, name: str = "") -> tantivy.Searcher:
        name = name or self._shelf.names().current
        if not name:
            raise NoIndex
        return self._shelf.index(name).searcher()

    def _live(self) -> Query:
        return Query.const_score_query(Query.term_query(self._schema, "live", LIVE, "basic"), 1.0)

    def _facets(self, searcher: tantivy.Searcher, asked: Asked) -> dict[str, dict[str, int]]:
        """Count by each facet; those that see the same filters are counted at once."""
        matching = self._query(without_bonus(asked.plan)) if asked.plan else self._live()
        together: dict[str, list[str]] = {}
        for name in asked.facets:
            together.setdefault(name if name in asked.filters else "", []).append(name)
        found: dict[str, dict[str, int]] = {}
        for but, names in together.items():
            counts = {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in names}
            counted = searcher.aggregate(self._narrowed(matching, asked, but), counts)
            for name in names:
                buckets = counted[name]["buckets"]
                found[name] = {one["key"]: int(one["doc_count"]) for one in buckets if one["key"]}
        return found

    def _narrowed(self, scored: Query, asked: Asked, but: str) -> Query:
        filters = [
            (Occur.Must, Query.const_score_query(Query.term_set_query(self._schema, name, list(values)), 0.0))
            for name, values in asked.filters.items()
            if name != but
        ]
        return Query.boolean_query([(Occur.Must, scored), *filters]) if filters else scored

    def _query(self, node: Node) -> Query:
        """Say a plan in tantivy's objects; user text never meets its query parser."""
        match node:
            case Term(name, token):
                return Query.term_query(self._schema, name, token, "freq")
            case Phrase(name, tokens):
                return Query.phrase_query(self._schema, name, list(tokens))
            case Boost(inner, by):
                return Query.boost_query(self._query(inner), by)
            case Best((), _) | Sum((), _):
                return Query.empty_query()
            case Best(nodes, tie):
                return Query.disjunction_max_query([self._query(one) for one in nodes], tie)
            case Sum(nodes, at_least):
                return Query.boolean_query([(Occur.Should, self._query(one)) for one in nodes], at_least)
            case Bonus(inner, bonus):
                added = [(Occur.Should, self._query(one)) for one in bonus]
                return Query.boolean_query([(Occur.Must, self._query(inner)), *added])


@contextmanager
def _reading() -> Iterator[None]:
    """An index that is broken, or that another version of the product made with other fields."""
    try:
        yield
    except ValueError as error:
        raise EngineAway(str(error)) from error


def _waiting(open_: Callable[[], T], wait: float) -> T:
    """Open what another process may hold; look again until `wait` seconds are over. Raises EngineAway."""
    end = monotonic() + wait
    while True:
        try:
            return open_()
        except ValueError as error:
            if monotonic() > end:
                raise EngineAway(str(error)) from error
        sleep(0.02)


def _id(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> str:
    return str(searcher.doc(address).get_first("id"))
