"""Finds what is about the same thing as a letter: a title, and what is told below it.

Every word of a query is meant; a letter also tells who writes and since when. So what is found must meet the title, or
half of all that title and text speak of; what the text tells besides puts the finds in order. How rare a word is, and
so how much it tells, the engine knows. Pure, but for `alike`, which asks the engine once.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from search.analysis.synonyms import Synonyms
from search.engines.base import Asked, Engine
from search.plan import Best, Bonus, Boost, Node, Sum
from search.planning import plan
from search.reading import Concept, Reading, read

# Our numbers, tried on tests/search/likeness. Shares of the conditions that a find has to meet: of the title's, as
# `search.planning.plan` counts them, of each concept's own, and of all concepts that are spoken of.
TITLE_SHARE, CONCEPT_SHARE, WHOLE_SHARE = 0.3, 0.5, 0.5
# What the text tells counts half of what the title says.
TEXT = 0.5
TIE = 0.3
# What is looked for, of title and text each, and by how many other names: all of it costs time, and the first tell most.
# With these a letter takes some 80 ms of 100,000 documents at the 95th percentile, of which the title's own plan is 30.
MOST_SENTENCES = 6
MOST_CONCEPTS = 4
MOST_NAMES = 3
ENDS = re.compile(r"[。！？!?；;\n]+")


def plan_alike(title: str, text: str, synonyms: Synonyms) -> Node | None:
    """Return the plan of what is about the same thing, None where neither title nor text holds a word."""
    reading = read(title, synonyms)
    said = {concept.typed: concept for concept in reading.telling}
    in_text = _conditions(concept for name, concept in _told(text, synonyms).items() if name not in said)
    in_text = [Boost(node, TEXT) for node in in_text]
    in_title = _conditions(said.values())
    if not in_title:
        return _enough(in_text) if in_text else plan(reading, TITLE_SHARE)
    ways = [node for node in (plan(reading, TITLE_SHARE),) if node]
    if len(in_title) + len(in_text) > 1:
        ways.append(_enough([*in_title, *in_text]))
    main = Best(tuple(ways), TIE)
    return Bonus(main, tuple(in_text)) if in_text else main


def alike(
    engine: Engine, title: str, text: str, synonyms: Synonyms, *, filters: Mapping[str, Sequence[str]], limit: int
) -> list[str]:
    """Return the ids of the documents that are about the same thing, the best first. Raises EngineAway."""
    node = plan_alike(title, text, synonyms)
    return engine.ask(Asked(node, filters, limit=limit)).ids if node else []


def _told(text: str, synonyms: Synonyms) -> dict[str, Concept]:
    """Return the concepts of the first sentences that tell much, names first."""
    sentences = [one for one in ENDS.split(text) if one.strip()][:MOST_SENTENCES]
    concepts = (concept for one in sentences for concept in read(one, synonyms).telling)
    found = {concept.typed: concept for concept in concepts}
    return dict(sorted(found.items(), key=lambda pair: not pair[1].is_name))


def _conditions(concepts: Iterable[Concept]) -> list[Node]:
    """Return one condition for each of the first concepts, whatever it is made of."""
    shorter = (replace(one, others=one.others[:MOST_NAMES], maybe=one.maybe[:MOST_NAMES]) for one in concepts)
    nodes = (plan(Reading(concept.typed, (concept,)), CONCEPT_SHARE) for concept in islice(shorter, MOST_CONCEPTS))
    return [node for node in nodes if node]


def _enough(nodes: Sequence[Node]) -> Node:
    return Sum(tuple(nodes), min(len(nodes), max(2, math.ceil(WHOLE_SHARE * len(nodes)))))
