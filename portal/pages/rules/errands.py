"""Where to go, when several services are each handled at several places: to as few places as possible."""

from collections.abc import Mapping, Set
from typing import TypeVar

Place = TypeVar("Place")
Errand = TypeVar("Errand")


def fewest(handled: Mapping[Place, Set[Errand]]) -> list[Place]:
    """Return places at which, together, everything is done that is done anywhere; the one for most errands first.

    Takes the place for most of what is left, again and again; of equals the one that stands first. That is not always
    the smallest number there is, but never far from it, and for the handful of services of a life event it is.
    """
    left = {errand for errands in handled.values() for errand in errands}
    chosen: list[Place] = []
    while left:
        best = max(handled, key=lambda place: len(handled[place] & left))
        chosen.append(best)
        left -= handled[best]
    return chosen
