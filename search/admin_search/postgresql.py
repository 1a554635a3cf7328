"""On PostgreSQL: modelsearch's tsvector columns, filled with our tokens under the configuration ``simple``."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import F, TextField, Value
from modelsearch.backends.database.postgres.postgres import (
    IndexEntry,
    PostgresAutocompleteQueryCompiler,
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
)

from search.admin_search.finding import MOST, EntriesByTokens, FindingByTokens
from search.admin_search.texts import Texts

CONFIG = "simple"


class Index(EntriesByTokens, PostgresIndex):
    """Entries of tokens; titles weigh more."""

    def columns(self, of: Texts) -> dict[str, Any]:
        """Vectors of the tokens."""
        return {
            "title": _vector(of.title, "A"),
            "autocomplete": _vector(of.autocomplete, "D"),
            "body": _vector(of.body, "D"),
        }


def _vector(tokens: str, weight: str) -> SearchVector:
    return SearchVector(Value(tokens, output_field=TextField()), weight=weight, config=CONFIG)


class Finding(FindingByTokens):
    """Looks up in the vectors, by modelsearch's indexes."""

    def lookup(self, words: list[list[str]], *, every: bool, columns: Sequence[str], types: list[int]) -> list[str]:
        """Return ids in the order of ts_rank."""
        end = ":*" if self.is_prefix else ""
        # Tokens hold letters, digits and Chinese characters only, so that nothing of the text is read as a command.
        phrases = [f"({' <-> '.join([*tokens[:-1], tokens[-1] + end])})" for tokens in words]
        asked = SearchQuery((" & " if every else " | ").join(phrases), search_type="raw", config=CONFIG)
        vector: Any = F(columns[0])
        for column in columns[1:]:
            vector = vector._combine(F(column), "||", False)
        entries = IndexEntry._default_manager.filter(content_type_id__in=types).annotate(_found=vector)
        ranked = entries.filter(_found=asked).order_by(SearchRank(F("_found"), asked).desc())
        return list(ranked.values_list("object_id", flat=True)[:MOST])


class SearchCompiler(Finding, PostgresSearchQueryCompiler):
    """For a word typed to its end."""


class AutocompleteCompiler(Finding, PostgresAutocompleteQueryCompiler):
    """For a word that is being typed."""

    columns = ("autocomplete",)
    is_prefix = True


class PostgresqlBackend(PostgresSearchBackend):
    """Modelsearch's, with our tokens."""

    index_class = Index
    query_compiler_class = SearchCompiler
    autocomplete_query_compiler_class = AutocompleteCompiler
