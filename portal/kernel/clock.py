"""The one way to learn what time it is.

``portal.config`` installs one clock for the whole process; views and commands hand it to
actions as ``clock=``; actions read it once, after the lock; rules get the moment as ``now``.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """Anything that tells the present instant."""

    def now(self) -> datetime:
        """Return the present instant, aware, in any zone."""
        ...


@dataclass(frozen=True)
class FixedClock:
    """A clock that stands still: for tests and for recomputing the past."""

    at: datetime

    def now(self) -> datetime:
        """Return the instant it was made with."""
        return self.at


class NoClockInstalled(RuntimeError):
    """Raised when code asks for the clock before the settings have installed one."""


_installed: Clock | None = None


def install(clock: Clock) -> None:
    """Make `clock` the clock of this process. Called once, by the settings' app."""
    global _installed
    _installed = clock


def installed() -> Clock:
    """Return the clock of this process.

    Raises NoClockInstalled when nothing was installed.
    """
    if _installed is None:
        raise NoClockInstalled("portal.config installs the clock when Django starts")
    return _installed
