"""Several people who do not know of each other ask about the same thing: the first sign of an emergency."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

# Our numbers, proposals each: `settings.ANSWERS_HOT_TOPIC` changes the first two.
ASKERS = 3
WITHIN = timedelta(hours=24)
ALIKE = 0.2


@dataclass(frozen=True)
class Asked:
    """A question as the rule sees it. asker: what tells two askers apart; place: "" when none was given."""

    id: str
    asker: str
    topic: str
    place: str
    text: str
    at: datetime


def clusters(
    questions: Iterable[Asked], *, askers: int = ASKERS, within: timedelta = WITHIN
) -> list[tuple[Asked, ...]]:
    """Return groups of questions on one topic and place, alike in wording, by `askers` people within the time.

    Largest first. A question is in one group at most; one without a place is in none.
    """
    groups: dict[tuple[str, str], list[Asked]] = defaultdict(list)
    for question in sorted(questions, key=lambda one: one.at):
        if place := _folded(question.place):
            groups[question.topic, place].append(question)
    found = [cluster for group in groups.values() for cluster in _alike(group)]
    hot = [
        tuple(cluster)
        for cluster in found
        if len({one.asker for one in cluster}) >= askers and cluster[-1].at - cluster[0].at <= within
    ]
    return sorted(hot, key=len, reverse=True)


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are, from 0 to 1: the share of the shorter one's pairs of characters."""
    first, second = _pairs(one), _pairs(other)
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def _alike(group: Sequence[Asked]) -> list[list[Asked]]:
    """Put each question to the first cluster whose first question it is like."""
    found: list[list[Asked]] = []
    for question in group:
        for cluster in found:
            if likeness(cluster[0].text, question.text) >= ALIKE:
                cluster.append(question)
                break
        else:
            found.append([question])
    return found


def _folded(place: str) -> str:
    return "".join(place.split()).casefold()


def _pairs(text: str) -> set[str]:
    letters = [character for character in text if character.isalnum()]
    return {a + b for a, b in pairwise(letters)}
