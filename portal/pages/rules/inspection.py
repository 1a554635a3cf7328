"""The inspection of government sites: which figure is enough, and which fails the whole site.

Source: the indicators of 国办秘函〔2019〕19号, as self-checks that sites have published quote them. What fails a site at
once (单项否决): no news on the home page for two weeks; five news, notice and policy columns stale, ten columns stale in
all, five columns blank; a message unanswered for three months; no usable guides. The rest costs points.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

HOME_IDLE = timedelta(days=14)
STALE_COLUMNS, BLANK_COLUMNS = 5, 5
UNANSWERED = timedelta(days=92)  # three months
REPLIES_IDLE = timedelta(days=61)  # two months
# Ours: the source names incomplete guides without a number that we have seen.
INCOMPLETE_GUIDES = 10


class State(StrEnum):
    """How an indicator stands."""

    OK = "ok"
    WARNING = "warning"
    FAILS = "fails"


class Part(StrEnum):
    """What an indicator can cost: the whole inspection, or points."""

    KNOCK_OUT = "knock_out"
    DEDUCTION = "deduction"


@dataclass(frozen=True)
class Place:
    """Where something has to be mended. language: of the label, where it is another one than the report's."""

    label: str
    href: str
    what: str = ""
    language: str = ""


@dataclass(frozen=True)
class Indicator:
    """One line of the self-check. figure: what was counted, as people read it. source: of the rule."""

    key: str
    title: Any
    part: Part
    state: State
    figure: str
    source: Any
    places: tuple[Place, ...] = ()


def state_of_count(count: int, *, fails_at: int | None = None) -> State:
    """Return how a number of faults stands: one is a warning; so many, if any number does, fail the site."""
    if fails_at is not None and count >= fails_at:
        return State.FAILS
    return State.WARNING if count else State.OK


def state_of_age(latest: date | None, today: date, limit: timedelta, *, at_worst: State = State.FAILS) -> State:
    """Return how a last day stands: no day at all is as bad as one too long ago."""
    return State.OK if latest is not None and today - latest <= limit else at_worst


def worst(indicators: list[Indicator]) -> State:
    """Return how the whole stands: one knock-out that fails is enough."""
    states = {indicator.state for indicator in indicators}
    return next((state for state in (State.FAILS, State.WARNING) if state in states), State.OK)
