"""What an engine is asked: a tree of conditions that any engine can score. Plain data.

The score of `Term` and `Phrase` is the engine's BM25; the rest says how scores come together.
"""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Term:
    """A token in a field."""

    field: str
    token: str


@dataclass(frozen=True)
class Phrase:
    """Tokens one after the other in a field; two at least."""

    field: str
    tokens: tuple[str, ...]


@dataclass(frozen=True)
class Boost:
    """A condition whose score counts `by` times."""

    node: "Node"
    by: float


@dataclass(frozen=True)
class Best:
    """Any of the conditions; the best one's score, and of each other that holds the share `tie`."""

    nodes: tuple["Node", ...]
    tie: float = 0.0


@dataclass(frozen=True)
class Sum:
    """At least so many of the conditions; the sum of the scores of all that hold."""

    nodes: tuple["Node", ...]
    at_least: int = 1


@dataclass(frozen=True)
class Bonus:
    """A condition that must hold, and others that add to the score where they hold."""

    node: "Node"
    bonus: tuple["Node", ...]


Node: TypeAlias = Term | Phrase | Boost | Best | Sum | Bonus


def without_bonus(node: Node) -> Node:
    """Return what a result must meet: the same finds, without what only puts them in order."""
    match node:
        case Bonus(inner, _) | Boost(inner, _):
            return without_bonus(inner)
        case Best(nodes, _):
            return Best(tuple(map(without_bonus, nodes)))
        case Sum(nodes, at_least):
            return Sum(tuple(map(without_bonus, nodes)), at_least)
    return node
