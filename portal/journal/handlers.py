"""Who must hear of which event. Handlers subscribe by event *name* and get plain data.

So apps that may not import each other still hear each other, and nothing but the journal
reacts to a change.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.journal.models import EventRecord


@dataclass(frozen=True)
class Told:
    """An event as a handler gets it: plain data, safe to hear more than once."""

    position: int
    name: str
    aggregate: str
    seq: int
    actor: str
    occurred_at: datetime
    recorded_at: datetime
    payload: dict[str, Any]

    @classmethod
    def of(cls, record: EventRecord) -> "Told":
        """Make plain data of a journal row."""
        return cls(
            record.position,
            record.name,
            record.aggregate,
            record.seq,
            record.actor,
            record.occurred_at,
            record.recorded_at,
            record.payload,
        )


Handler = Callable[[Told], None]

_handlers: dict[str, tuple[frozenset[str], Handler]] = {}


def subscribe(handler_name: str, *event_names: str) -> Callable[[Handler], Handler]:
    """Register a handler under a stable name for the events it must hear.

    A handler runs at least once per event, in its own transaction; it calls one action or one
    adapter and is written so that a second run changes nothing.
    """

    def register(handler: Handler) -> Handler:
        if handler_name in _handlers and _handlers[handler_name][1] is not handler:
            raise ValueError(f"two handlers are called {handler_name}")
        _handlers[handler_name] = (frozenset(event_names), handler)
        return handler

    return register


def handlers_for(event_name: str) -> list[str]:
    """Return the names of the handlers that must hear `event_name`, in order."""
    return sorted(name for name, (events, _) in _handlers.items() if event_name in events)


def handler(name: str) -> Handler:
    """Return the handler called `name`. Raises KeyError when its app is no longer installed."""
    return _handlers[name][1]
