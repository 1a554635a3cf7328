"""Whoever keeps dates counted by the calendar tells here what a change of it would do, and how far it has got.

Apps above register; this storey never learns their names.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.kernel.workdays import WorkCalendar


@dataclass(frozen=True)
class Progress:
    """How far open dates have been counted anew. is_over: nothing is left to do."""

    done: int
    total: int
    moved: int
    is_over: bool


@dataclass(frozen=True)
class Follower:
    """One kind of matter with dates. noun: what it is called, lazily translated.

    would_move: how many dates move for people if this calendar counts from now on; must be cheap enough
    for a page. progress: of the count that an edition caused, None while it has not begun.
    """

    noun: Any
    would_move: Callable[[WorkCalendar, datetime], int]
    progress: Callable[[int], Progress | None]


_followers: dict[str, Follower] = {}


def register(name: str, follower: Follower) -> None:
    """Let an app speak for its dates; `name` is stable, such as "answers"."""
    if _followers.get(name, follower) is not follower:
        raise ValueError(f"two followers are called {name}")
    _followers[name] = follower


def followers() -> list[Follower]:
    """Return all followers, in the order of their names."""
    return [follower for _name, follower in sorted(_followers.items())]
