"""What every engine does. The same suite of tests runs against all of them (tests/search/test_engines.py)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from search.documents import Document
from search.plan import Node

Sort = Literal["relevance", "newest"]


class EngineAway(Exception):
    """The engine does not answer; the page says so and asks the database."""


@dataclass(frozen=True)
class Asked:
    """One request. plan: None asks for every document; filters: {exact field: any of these values};
    facets: exact fields to count by, each under the filters of the others.
    """

    plan: Node | None
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    facets: Sequence[str] = ()
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 20


@dataclass(frozen=True)
class Found:
    """What an engine found. ids: best first; facets: {field: {value: how many}}, values that occur only."""

    ids: list[str]
    total: int
    facets: dict[str, dict[str, int]] = field(default_factory=dict)


class Engine(Protocol):
    """An index of documents."""

    def write(self, documents: Iterable[Document], gone: Iterable[str] = ()) -> None:
        """Replace documents by id and take out those that are gone; found by the next search. Raises EngineAway."""

    def ask(self, asked: Asked) -> Found:
        """Answer a request. Raises EngineAway."""

    def ids(self) -> set[str]:
        """Return the ids of all documents. Raises EngineAway."""

    def clear(self) -> None:
        """Take out everything. Raises EngineAway."""
