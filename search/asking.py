"""What is asked for in an address of the results, and the addresses that differ from it by one choice."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict

from search.documents import FACETS
from search.engines.base import Sort

PER_PAGE = 15
LAST_PAGE = 40  # nobody reads on, and a crawler must not make us
LONGEST = 200  # characters that are kept of what was typed
MOST_VALUES = 20  # of one facet
NEWEST: Sort = "newest"


@dataclass(frozen=True)
class Query:
    """A query: words, what it is narrowed to, order and page. Whatever makes no sense was left out."""

    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = "relevance"
    page: int = 1

    @classmethod
    def of(cls, sent: QueryDict) -> "Query":
        """Read an address."""
        text = " ".join("".join(one if one.isprintable() else " " for one in sent.get("q", "")).split())[:LONGEST]
        chosen = {name: _values(sent, name) for name in FACETS}
        number = sent.get("page", "1")
        page = int(number) if number.isdecimal() and len(number) < 4 else 1
        sort: Sort = NEWEST if sent.get("sort") == NEWEST else "relevance"
        return cls(
            text, {name: values for name, values in chosen.items() if values}, sort, min(max(page, 1), LAST_PAGE)
        )

    @property
    def offset(self) -> int:
        """How many results stand on the pages before."""
        return (self.page - 1) * PER_PAGE

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything was chosen."""
        return bool(self.chosen)

    @property
    def is_plain(self) -> bool:
        """Tell whether it asks by words only: not narrowed, and the best first."""
        return not self.is_narrowed and self.sort != NEWEST

    def has(self, name: str, value: str) -> bool:
        """Tell whether a value was chosen."""
        return value in self.chosen.get(name, ())

    def toggled(self, name: str, value: str) -> "Query":
        """Return the query with one value more, or without it."""
        values = self.chosen.get(name, ())
        values = tuple(one for one in values if one != value) if value in values else (*values, value)
        return replace(self, chosen={**self.chosen, name: values}, page=1)

    def without(self, *names: str) -> "Query":
        """Return the query not narrowed by some, by anything where none is named."""
        kept = {name: values for name, values in self.chosen.items() if names and name not in names}
        return replace(self, chosen=kept, page=1)

    def saying(self, text: str) -> "Query":
        """Return the query for other words."""
        return Query(text)

    def sorted_by(self, sort: Sort) -> "Query":
        """Return the query in another order."""
        return replace(self, sort=sort, page=1)

    def on_page(self, number: int) -> "Query":
        """Return the query with another page of its results."""
        return replace(self, page=number)

    @property
    def href(self) -> str:
        """The address, from the question mark on."""
        pairs = [("q", self.text), *((name, one) for name, values in self.chosen.items() for one in values)]
        pairs += [("sort", self.sort)] if self.sort == NEWEST else []
        pairs += [("page", str(self.page))] if self.page > 1 else []
        return "?" + urlencode(pairs)


def _values(sent: QueryDict, name: str) -> tuple[str, ...]:
    known = dict.fromkeys(one for one in sent.getlist(name) if one.isprintable() and 0 < len(one) <= 40)
    return tuple(known)[:MOST_VALUES]
