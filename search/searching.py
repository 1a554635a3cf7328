"""The whole way of a query: read, plan, ask strictly, and where that finds little ask loosely."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.analysis.synonyms import Synonyms
from search.engines.base import Asked, Engine, Found, Sort
from search.planning import any_character, asks_for_all, loose_plan, plan
from search.reading import Reading, read

# Where a plan finds fewer, the next one is asked.
FEW = 5


@dataclass(frozen=True)
class Result:
    """What was found and how the query was understood. exact: how many of it, in front, meet the query as it was
    understood; what follows meets a part of it.
    """

    reading: Reading
    found: Found
    exact: int = 0

    @property
    def loosely(self) -> bool:
        """Tell whether all that was found meets a part only."""
        return bool(self.found.total) and not self.exact


def search(
    engine: Engine,
    text: str,
    synonyms: Synonyms,
    *,
    filters: Mapping[str, Sequence[str]] | None = None,
    chosen: Mapping[str, Sequence[str]] | None = None,
    facets: Sequence[str] = (),
    sort: Sort = "relevance",
    offset: int = 0,
    limit: int = 20,
) -> Result:
    """Search for `text`. A text without a word finds nothing. Raises EngineAway.

    filters: what may be found at all; chosen: what that is narrowed to. How loosely is asked hangs on the first alone,
    so that whoever narrows gets the number that stood beside the choice, and never more than before.
    """
    reading = read(text, synonyms)
    filters, chosen = filters or {}, chosen or {}
    found, exact = Found([], 0, {name: {} for name in facets}), 0
    # By date what meets a part would stand among what meets all.
    few = 1 if sort == "newest" else FEW
    # Each way asks for less, and is gone only where the one before found too little.
    for way, enough in ((plan, few), (loose_plan, 1), (any_character, 0)):
        node = way(reading)
        if node is None:
            continue
        found = engine.ask(Asked(node, {**filters, **chosen}, facets, sort, offset, limit))
        total = engine.ask(Asked(node, filters, limit=0)).total if chosen and enough else found.total
        if way is plan and (total >= FEW or asks_for_all(reading)):
            exact = found.total
        if total >= enough:
            break
    return Result(reading, found, exact)
