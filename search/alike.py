"""Whether two queries ask for the same. Pure functions.

A query is what tells something in it, each as what was written and all that this can mean: other names, what it
sounds or looks like. The order does not count, nor does 怎么办.
"""

from dataclasses import dataclass

from search.reading import Concept, Reading


@dataclass(frozen=True)
class Meaning:
    """One thing that is asked for. own: as it was written or meant; all: every name of it."""

    own: frozenset[str]
    all: frozenset[str]

    def is_like(self, other: "Meaning") -> bool:
        """Tell whether one of them is a name of the other; two that only share a third name are not alike."""
        return bool(self.own & other.all or other.own & self.all)


Meanings = tuple[Meaning, ...]


def meanings(reading: Reading) -> Meanings:
    """Return what a query asks for; nothing where no word of it tells anything."""
    return tuple(_meaning(one) for one in reading.concepts if not one.tells_little)


def _meaning(concept: Concept) -> Meaning:
    # Letters may be pinyin of a single name.
    both = (concept, *concept.parts) if len(concept.parts) == 1 else (concept,)
    own = {name for one in both for name in (one.text, one.letters, one.guessed)}
    names = own | {name for one in both for name in (*one.others, *one.maybe)}
    return Meaning(frozenset(own - {""}), frozenset(names - {""}))


def are_alike(first: Meanings, second: Meanings) -> bool:
    """Tell whether two queries ask for the same things."""
    return (
        bool(first)
        and len(first) == len(second)
        and all(any(one.is_like(other) for other in second) for one in first)
        and all(any(one.is_like(other) for other in first) for one in second)
    )
