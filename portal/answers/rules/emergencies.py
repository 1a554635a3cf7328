"""An emergency's three limits, in hours that run at night as well."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Limits:
    """How long each may take; the operator's settings, shown with their source."""

    lead: timedelta
    statement: timedelta
    update: timedelta


@dataclass(frozen=True)
class RunningLimit:
    """A limit that has not been met. name: "lead", "statement" or "update"."""

    name: str
    due: datetime


def missed(running: list[RunningLimit], now: datetime) -> list[RunningLimit]:
    """Return the limits that have run out at `now`, in the order in which they did. In time is ``t < due``."""
    return sorted((limit for limit in running if limit.due <= now), key=lambda limit: limit.due)
