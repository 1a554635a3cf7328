"""Where a session with spokespersons stands in time."""

from datetime import datetime
from enum import StrEnum


class Phase(StrEnum):
    """Before, during, after; or it does not take place."""

    AHEAD = "ahead"
    RUNNING = "running"
    OVER = "over"
    CANCELLED = "cancelled"


def phase(now: datetime, starts_at: datetime, ends_at: datetime, *, is_cancelled: bool) -> Phase:
    """Return the phase at `now`; all aware, the end exclusive."""
    if is_cancelled:
        return Phase.CANCELLED
    if now < starts_at:
        return Phase.AHEAD
    return Phase.RUNNING if now < ends_at else Phase.OVER
