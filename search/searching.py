"""The whole way of a query: read, plan, ask strictly, and where that finds little ask loosely."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.analysis.synonyms import Synonyms
from search.engines.base import Asked, Engine, Found, Sort
from search.planning import any_character, loose_plan, plan
from search.reading import Reading, read

# Where a plan finds fewer, the next one is asked.
FEW = 5


@dataclass(frozen=True)
class Result:
    """What was found and how the query was understood. loosely: only part of the words is met."""

    reading: Reading
    found: Found
    loosely: bool = False


def search(
    engine: Engine,
    text: str,
    synonyms: Synonyms,
    *,
    filters: Mapping[str, Sequence[str]] | None = None,
    facets: Sequence[str] = (),
    sort: Sort = "relevance",
    offset: int = 0,
    limit: int = 20,
) -> Result:
    """Search for `text`. A text without a word finds nothing. Raises EngineAway."""
    reading = read(text, synonyms)
    found, loosely = Found([], 0, {name: {} for name in facets}), False
    # Each way asks for less, and is gone only where the one before found too little.
    for node, enough in ((plan(reading), FEW), (loose_plan(reading), 1), (any_character(reading), 0)):
        if node is None:
            continue
        found = engine.ask(Asked(node, filters or {}, facets, sort, offset, limit))
        if found.total >= enough:
            break
        loosely = True
    return Result(reading, found, loosely)
