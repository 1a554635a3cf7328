"""The embedded engine: tantivy in this process, its index in a folder or in memory. No server."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Query

from search.documents import EXACT_FIELDS, IN_ORDER, TOKEN_FIELDS, Document
from search.engines.base import Asked, EngineAway, Found
from search.plan import Best, Bonus, Boost, Node, Phrase, Sum, Term, without_bonus

HEAP = 64_000_000  # bytes a writer collects before it writes a segment
MOST_VALUES = 1000  # of a facet


def schema() -> tantivy.Schema:
    """Return the fields of the index."""
    builder = tantivy.SchemaBuilder()
    for name in EXACT_FIELDS:
        builder.add_text_field(name, stored=name == "id", fast=True, tokenizer_name="raw", index_option="basic")
    for name in TOKEN_FIELDS:
        option = "position" if name in IN_ORDER else "freq"
        builder.add_text_field(name, tokenizer_name="whitespace", index_option=option)
    builder.add_integer_field("day", fast=True)
    builder.add_float_field("weight", fast=True)
    return builder.build()


class EmbeddedEngine:
    """Tantivy. folder: None keeps the index in memory; one process may write to a folder at a time."""

    def __init__(self, folder: Path | None = None) -> None:
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
        self._schema = schema()
        self._index = tantivy.Index(self._schema, path=str(folder) if folder else None)

    def write(self, documents: Iterable[Document], gone: Iterable[str] = ()) -> None:
        """Replace documents by id and take out those that are gone."""
        try:
            writer = self._index.writer(HEAP, 2)
        except ValueError as error:  # another process writes
            raise EngineAway(str(error)) from error
        try:
            for one in gone:
                writer.delete_documents_by_term("id", one)
            for document in documents:
                writer.delete_documents_by_term("id", document.id)
                fields = document.exact | document.tokens() | {"day": document.day, "weight": document.weight}
                writer.add_document(tantivy.Document.from_dict(fields, self._schema))
            writer.commit()
        except BaseException:
            writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()
        self._index.reload()

    def ask(self, asked: Asked) -> Found:
        """Answer a request."""
        searcher = self._index.searcher()
        scored = self._query(asked.plan) if asked.plan else Query.all_query()
        narrowed = self._narrowed(scored, asked, "")
        if not searcher.num_docs:
            return Found([], 0, {name: {} for name in asked.facets})
        order: dict[str, Any] = {"order_by_field": "day"} if asked.sort == "newest" else {"weight_by_field": "weight"}
        found = searcher.search(narrowed, limit=asked.limit, offset=asked.offset, **order)
        ids = [_id(searcher, address) for _, address in found.hits]
        facets = self._facets(searcher, asked)
        total: int = found.count  # type: ignore[attr-defined]  # left out of its types
        return Found(ids, total, facets)

    def ids(self) -> set[str]:
        """Return the ids of all documents."""
        searcher = self._index.searcher()
        if not searcher.num_docs:
            return set()
        hits = searcher.search(Query.all_query(), limit=searcher.num_docs).hits
        return {_id(searcher, address) for _, address in hits}

    def clear(self) -> None:
        """Take out everything."""
        writer = self._index.writer(HEAP, 1)
        writer.delete_all_documents()
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def _facets(self, searcher: tantivy.Searcher, asked: Asked) -> dict[str, dict[str, int]]:
        """Count by each facet; those that see the same filters are counted at once."""
        matching = self._query(without_bonus(asked.plan)) if asked.plan else Query.all_query()
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
            case Best(nodes, tie):
                return Query.disjunction_max_query([self._query(one) for one in nodes], tie)
            case Sum(nodes, at_least):
                return Query.boolean_query([(Occur.Should, self._query(one)) for one in nodes], at_least)
            case Bonus(inner, bonus):
                added = [(Occur.Should, self._query(one)) for one in bonus]
                return Query.boolean_query([(Occur.Must, self._query(inner)), *added])


def _id(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> str:
    return str(searcher.doc(address).get_first("id"))
