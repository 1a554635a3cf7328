"""Events of the journal's own tests."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction

from portal.journal.models import EventRecord
from portal.journal.publishing import publish
from portal.kernel.actors import system
from portal.kernel.events import Event

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
TESTER = system("tests")


@dataclass(frozen=True, kw_only=True)
class Painted(Event):
    """A door was painted."""

    name = "tests.painted"
    colour: str = "red"


def paint(door: object = 1, *, colour: str = "red", times: int = 1, late: timedelta | None = None) -> list[EventRecord]:
    """Publish about one door in a transaction of its own."""
    occurred_at = NOW - late if late else None
    with transaction.atomic():
        return publish(
            *(Painted(colour=colour, occurred_at=occurred_at) for _ in range(times)),
            about=f"tests.door:{door}",
            by=TESTER,
            at=NOW,
        )
