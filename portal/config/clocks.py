"""The clocks a deployment can run on: the database's, and in demo and tests one that can be moved."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from portal.journal.realtime import real_now


class DatabaseClock:
    """The database's time: one source for all web processes and workers.

    PostgreSQL: ``clock_timestamp()``, which moves on within a transaction, so that a read
    after waiting for a lock is later than the lock. SQLite has no server: the host's time.
    """

    def now(self) -> datetime:
        """Return the present instant, UTC."""
        if connection.vendor != "postgresql":
            return real_now()
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            moment: datetime = cursor.fetchone()[0]
        return moment.astimezone(UTC)


class MovableClock:
    """The database's time plus an offset that all processes of a demo read from one file."""

    def __init__(self) -> None:
        self._clock = DatabaseClock()

    def now(self) -> datetime:
        """Return the moved instant, UTC."""
        return self._clock.now() + read_offset()


def offset_file() -> Path:
    """Return the file that holds the offset."""
    return Path(settings.CLOCK_OFFSET_FILE)


def read_offset() -> timedelta:
    """Return how far the clock is moved; zero when nobody has moved it."""
    try:
        return timedelta(seconds=float(json.loads(offset_file().read_text())["seconds"]))
    except (FileNotFoundError, ValueError, KeyError):
        return timedelta(0)


def write_offset(offset: timedelta) -> None:
    """Move the clock of every process; the file is replaced in one step."""
    target = offset_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".new")
    draft.write_text(json.dumps({"seconds": offset.total_seconds()}))
    draft.replace(target)
