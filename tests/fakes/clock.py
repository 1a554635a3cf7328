"""A clock that a test moves by hand."""

from datetime import UTC, datetime, timedelta

from portal.kernel.clock import SHANGHAI

# A Monday morning in a week without holidays, in an announced year.
MONDAY_MORNING = datetime(2026, 3, 2, 10, 0, tzinfo=SHANGHAI)


class HandClock:
    """Stands still until it is moved or set."""

    def __init__(self, at: datetime = MONDAY_MORNING) -> None:
        self._at = at

    def now(self) -> datetime:
        """Return the instant it stands at, UTC as the real clock's."""
        return self._at.astimezone(UTC)

    def set(self, at: datetime) -> datetime:
        """Put it to an aware instant; return it."""
        if at.tzinfo is None:
            raise ValueError("a clock is set to an instant with an offset")
        self._at = at
        return at

    def move(self, **by: float) -> datetime:
        """Move it on: ``clock.move(hours=24, seconds=-1)``; return the new instant."""
        return self.set(self._at + timedelta(**by))
