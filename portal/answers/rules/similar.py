"""Which cases are about the same thing as one that somebody works on: a pure ranking, without an index of its own.

Chinese is compared by pairs of characters. A pair that many of the compared cases hold ("请问", "办理") says
little, one that few hold ("路灯") says much, so a pair weighs the logarithm of how rare it is among them.
A search engine can take the place of whoever finds the candidates, and of this rule as well.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

# Our numbers, proposals, tried on the demo's questions: a title says more than the text behind it, the same
# place and topic make two texts likelier to be about one thing, and below the last they are about two.
TITLE_WEIGHT = 2.0
SAME_PLACE = 0.5
SAME_TOPIC = 0.2
ALIKE = 0.15
# As if so many more had been compared that hold none of the pairs: where five ask the same, else nothing were rare.
UNSEEN = 20

_RUN = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")


@dataclass(frozen=True)
class Matter:
    """A case as the ranking sees it. text: its beginning; place: "" when none was given."""

    id: str
    title: str
    text: str
    topic: str
    place: str


def ranked(asked: Matter, others: Sequence[Matter]) -> list[tuple[str, float]]:
    """Return the ids of the matters that are alike, most alike first, with how much: 1 is the same words, before place and topic.

    Of two that are equally alike the one that came first in `others` comes first.
    """
    own = _pairs(asked)
    known = [_pairs(other) for other in others]
    rarity = _rarity([own, *known])
    scored = [
        (other.id, _alike(own, pairs, rarity) * _around(asked, other))
        for other, pairs in zip(others, known, strict=True)
    ]
    return sorted((pair for pair in scored if pair[1] >= ALIKE), key=lambda pair: -pair[1])


def _alike(one: Mapping[str, float], other: Mapping[str, float], rarity: Mapping[str, float]) -> float:
    """Return the weight of the common pairs as a share of both texts' weights (their geometric mean)."""
    common = sum(min(one[pair], other[pair]) * rarity[pair] for pair in one.keys() & other.keys())
    if not common:
        return 0.0
    weights = (sum(weight * rarity[pair] for pair, weight in pairs.items()) for pairs in (one, other))
    return common / math.sqrt(math.prod(weights))


def _around(asked: Matter, other: Matter) -> float:
    same_place = bool(asked.place) and "".join(asked.place.split()) == "".join(other.place.split())
    return 1 + SAME_PLACE * same_place + SAME_TOPIC * (asked.topic == other.topic)


def _rarity(all_pairs: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return for every pair how much it says: the less, the more hold it."""
    held = Counter(pair for pairs in all_pairs for pair in pairs)
    return {pair: math.log((len(all_pairs) + UNSEEN) / count) for pair, count in held.items()}


def _pairs(matter: Matter) -> dict[str, float]:
    """Return what a text is compared by, each with its weight."""
    pairs = dict.fromkeys(_pieces(matter.text), 1.0)
    return pairs | dict.fromkeys(_pieces(matter.title), TITLE_WEIGHT)


def _pieces(text: str) -> list[str]:
    """Return the pairs of neighbouring characters, signs left out; a Latin word or a number stays whole."""
    runs = _RUN.findall(text.casefold())
    return [piece for run in runs for piece in ([run] if run.isascii() else [a + b for a, b in pairwise(run)])]
