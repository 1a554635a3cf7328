"""Who kept which promise: verdicts are written once and never change.

In time: the step that stops a clock writes it. Breach: it happened at the due instant and
belongs to the leg that held the question then, whoever notices and however late.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ClockKind(StrEnum):
    """The clocks of a question: the two promises, and what may split off from them.

    PLAIN: the seven working days as first promised, from the moment on that an extension or a pause
    moves the reply clock. REOPEN: a reopened question's own five.
    """

    ACCEPT = "accept"
    REPLY = "reply"
    PLAIN = "plain"
    REOPEN = "reopen"


class Outcome(StrEnum):
    """How a clock ended. A question that was not admitted is counted apart."""

    IN_TIME = "in_time"
    LATE = "late"
    NOT_ADMITTED = "not_admitted"
    VOID = "void"


@dataclass(frozen=True)
class Holding:
    """A leg: an office held the question from `started_at` until `ended_at` (None: still)."""

    leg: str
    office: str
    started_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class RunningClock:
    """A clock without verdict. leg: "" for the asker's own clock, else the leg it belongs to."""

    kind: ClockKind
    due: datetime
    provisional: bool = False
    leg: str = ""


@dataclass(frozen=True)
class Ruling:
    """A verdict to be written. held_by: the leg it is booked to."""

    kind: ClockKind
    leg: str
    outcome: Outcome
    due: datetime
    occurred_at: datetime
    held_by: str


def holder_at(holdings: Sequence[Holding], due: datetime) -> Holding:
    """Return who held the question up to the instant `due`. holdings: in the order of the legs.

    A hand-over in the due instant itself comes after it: in time is ``t < due``, so the
    breach belongs to the one who gave away. Raises LookupError when nobody held it before.
    """
    for holding in reversed(holdings):
        if holding.started_at < due:
            return holding
    raise LookupError("nobody held the question before it was due")


def breaches(clocks: Iterable[RunningClock], holdings: Sequence[Holding], now: datetime) -> list[Ruling]:
    """Return the breach of every running clock that is due at `now`, in the order they happened.

    On a provisional date nobody is called overdue: such a clock waits for the calendar.
    """
    late = [
        Ruling(
            kind=clock.kind,
            leg=clock.leg,
            outcome=Outcome.LATE,
            due=clock.due,
            occurred_at=clock.due,
            held_by=clock.leg or holder_at(holdings, clock.due).leg,
        )
        for clock in clocks
        if clock.due <= now and not clock.provisional
    ]
    return sorted(late, key=lambda ruling: (ruling.occurred_at, ruling.leg, ruling.kind))


def stopped(clock: RunningClock, now: datetime, held_by: str) -> Ruling | None:
    """Return the verdict of stopping `clock` at `now`, after every breach has been settled.

    None when a provisional date has passed: the final one can only be later, so the verdict
    waits until the year's notice is loaded.
    """
    if now >= clock.due:
        return None
    return Ruling(clock.kind, clock.leg, Outcome.IN_TIME, clock.due, now, held_by)
