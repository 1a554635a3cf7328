"""The steps of a life event: which come one after another, which together, and of which one is enough."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Relation(StrEnum):
    """How a step stands to the one before it."""

    THEN = "then"
    AND = "and"
    OR = "or"


@dataclass(frozen=True)
class Place:
    """Where a step stands. number: from 1, shared by steps that belong together.

    is_alternative: one of several ways; whoever goes one need not go the others.
    """

    number: int
    relation: Relation
    is_alternative: bool


def places(relations: Sequence[Relation]) -> list[Place]:
    """Return the place of each step. The first one follows nothing, whatever it says."""
    told = [Relation.THEN, *relations[1:]] if relations else []
    found: list[Place] = []
    for index, relation in enumerate(told):
        number = found[-1].number if found and relation is not Relation.THEN else (found[-1].number if found else 0) + 1
        is_alternative = relation is Relation.OR or told[index + 1 : index + 2] == [Relation.OR]
        found.append(Place(number, relation, is_alternative))
    return found


def progress(steps: Sequence[Place], done: Collection[int]) -> tuple[int, int]:
    """Return how many are done and how many there are. done: indices of steps; of alternatives one is enough."""
    units: list[bool] = []
    for index, step in enumerate(steps):
        if step.relation is Relation.OR and units:
            units[-1] = units[-1] or index in done
        else:
            units.append(index in done)
    return sum(units), len(units)
