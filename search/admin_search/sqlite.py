"""On SQLite: modelsearch's FTS5 table, asked once, in the order of bm25."""

from collections.abc import Sequence
from typing import Any

from django.db import connections, router
from modelsearch.backends.database.sqlite.sqlite import (
    IndexEntry,
    SQLiteAutocompleteQueryCompiler,
    SQLiteIndex,
    SQLiteSearchBackend,
    SQLiteSearchQueryCompiler,
)

from search.admin_search.finding import MOST, EntriesByTokens, FindingByTokens
from search.admin_search.texts import Texts

# In the order of the table's columns: autocomplete, body, title.
WEIGHTS = "1.0, 1.0, 5.0"


class Index(EntriesByTokens, SQLiteIndex):
    """Entries of tokens."""

    def columns(self, of: Texts) -> dict[str, Any]:
        """Tokens as they are: FTS5 parts them at spaces."""
        return {"title": of.title, "autocomplete": of.autocomplete, "body": of.body}


class Finding(FindingByTokens):
    """Looks up in FTS5."""

    def lookup(self, words: list[list[str]], *, every: bool, columns: Sequence[str], types: list[int]) -> list[str]:
        """Return ids in the order of bm25."""
        # Tokens hold letters, digits and Chinese characters only, so that nothing of the text is read as a command.
        phrases = [f'"{" ".join(tokens)}"{" *" if self.is_prefix else ""}' for tokens in words]
        asked = f"{{{' '.join(columns)}}} : ({(' AND ' if every else ' OR ').join(phrases)})"
        table = IndexEntry._meta.db_table
        sql = (
            f"SELECT entry.object_id FROM {table}_fts JOIN {table} entry ON entry.id = {table}_fts.rowid "  # noqa: S608
            f"WHERE {table}_fts MATCH %s AND entry.content_type_id IN ({','.join(['%s'] * len(types))}) "
            f"ORDER BY bm25({table}_fts, {WEIGHTS}) LIMIT {MOST}"
        )
        with connections[router.db_for_read(IndexEntry)].cursor() as cursor:
            cursor.execute(sql, [asked, *types])
            return [row[0] for row in cursor.fetchall()]


class SearchCompiler(Finding, SQLiteSearchQueryCompiler):
    """For a word typed to its end."""


class AutocompleteCompiler(Finding, SQLiteAutocompleteQueryCompiler):
    """For a word that is being typed."""

    columns = ("autocomplete",)
    is_prefix = True


class SqliteBackend(SQLiteSearchBackend):
    """Modelsearch's, with our tokens."""

    index_class = Index
    query_compiler_class = SearchCompiler
    autocomplete_query_compiler_class = AutocompleteCompiler
