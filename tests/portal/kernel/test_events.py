"""What an event carries."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from portal.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class Painted(Event):
    name = "test.painted"
    door: str
    at: datetime | None = None
    day: date | None = None
    coats: int = 1
    by: UUID | None = None
    colours: tuple[str, ...] = ()


def test_a_payload_is_plain_data_with_instants_and_their_offset():
    event = Painted(
        door="7",
        at=datetime(2026, 3, 2, 2, tzinfo=UTC),
        day=date(2026, 3, 2),
        by=UUID(int=7),
        colours=("red", "green"),
    )

    assert event.payload() == {
        "door": "7",
        "at": "2026-03-02T02:00:00+00:00",
        "day": "2026-03-02",
        "coats": 1,
        "by": "00000000-0000-0000-0000-000000000007",
        "colours": ["red", "green"],
    }


def test_when_it_happened_is_not_part_of_the_payload():
    assert "occurred_at" not in Painted(door="7", occurred_at=datetime(2026, 3, 2, tzinfo=UTC)).payload()
