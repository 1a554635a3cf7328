"""What every engine does. The same suite of tests runs against all of them (tests/search/test_engines.py)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from search.documents import Document
from search.engines.naming import Names
from search.plan import Node

Sort = Literal["relevance", "newest"]

DEEPEST = 10_000  # results; nobody turns pages further, and a server of many shards would pay for it
MOST_VALUES = 1000  # of a facet


class EngineAway(Exception):
    """The engine does not answer, or has no index yet; the page says so and asks the database."""


class NoIndex(EngineAway):
    """There is no index yet; a rebuild makes it."""

    def __init__(self) -> None:
        super().__init__("there is no index yet: manage.py search_rebuild makes it")


class NothingBefore(Exception):
    """There is no index to go back to."""


class TakenOver(Exception):
    """Another rebuild has begun since; its index is the one that will be used."""


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

    @property
    def size(self) -> int:
        """How many ids to give: none beyond `DEEPEST`."""
        return max(0, min(self.limit, DEEPEST - self.offset))


@dataclass(frozen=True)
class Found:
    """What an engine found. ids: best first; facets: {field: {value: how many}}, values that occur only."""

    ids: list[str]
    total: int
    facets: dict[str, dict[str, int]] = field(default_factory=dict)


class Engine(Protocol):
    """An index of documents, and how it is replaced by a new one while it is asked. Everything raises EngineAway."""

    def ask(self, asked: Asked) -> Found:
        """Answer a request."""

    def write(self, documents: Iterable[Document], gone: Iterable[str] = (), position: int = 0) -> None:
        """Replace documents by id and take out those that are gone; found by the next search. Makes no index by itself,
        for one with a few changes in it would look like all there is.

        position: of the journal, up to which this is known. What was written with a greater one stays.
        """

    def ids(self) -> set[str]:
        """Return the ids of all documents."""

    def count(self, name: str = "") -> int:
        """Return how many documents an index holds, the one in use where none is named."""

    def clear(self) -> None:
        """Take out everything, and forget the positions."""

    def names(self) -> Names:
        """Return which indexes there are."""

    def begin(self) -> str:
        """Make an index that from now on gets every change as well; one that was left unfinished goes."""

    def fill(self, name: str, documents: Iterable[Document], position: int = 0) -> None:
        """Write into the index that is being built. Raises TakenOver."""

    def swap(self, name: str) -> None:
        """Let the index that was built be asked from now on, in one step; keep the one before it. Raises TakenOver."""

    def roll_back(self) -> str:
        """Let the index before be asked again, and return its name. Raises NothingBefore.

        It has missed what changed since: rebuild when the reason for going back is gone.
        """
