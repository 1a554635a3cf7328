"""Reads from the journal: where it stands, and what is new since a position."""

from dataclasses import dataclass

from portal.journal.models import EventRecord, JournalHead
from portal.live.topics import changed_by

# Whoever has missed more than this is told to load anew instead of being told everything.
CATCH_UP = 500


@dataclass(frozen=True)
class Change:
    """An event, as far as open pages need it."""

    position: int
    name: str
    ref: str
    topics: frozenset[str]

    def told_about(self, topics: frozenset[str]) -> dict[str, object]:
        """Return what a listener to `topics` is told; it must not learn what else was changed."""
        return {"position": self.position, "name": self.name, "ref": self.ref, "topics": sorted(self.topics & topics)}


@dataclass(frozen=True)
class News:
    """What is new. position: to ask from next time. reset: too much or nothing fits; load anew."""

    position: int
    changes: tuple[Change, ...] = ()
    reset: bool = False


def position() -> int:
    """Return the journal's last position. A page reads it before the rest of its data, for ``data-live-after``."""
    return JournalHead.objects.values_list("position", flat=True).get(id=1)


def news(after: int | None) -> News:
    """Return what happened after a position, in order. One query when nothing did, else two.

    None: the caller is new and wants to hear what comes. A position beyond the journal's end
    is from another database (a demo that was seeded anew), hence a reset.
    """
    head = position()
    if after is None or after == head:
        return News(head)
    if not head - CATCH_UP <= after < head:
        return News(head, reset=True)
    rows = (
        EventRecord.objects.filter(position__gt=after, position__lte=head)
        .order_by("position")
        .values_list("position", "name", "aggregate", "payload")
    )
    return News(head, tuple(Change(at, name, ref, changed_by(name, ref, payload)) for at, name, ref, payload in rows))
