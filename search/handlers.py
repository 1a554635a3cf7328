"""What the journal makes stale is noted; the worker indexes it."""

from portal.journal.handlers import Told, subscribe
from search import registry
from search.indexing import note


def listen() -> None:
    """Hear the events of all kinds; call it when every app has registered its own."""
    subscribe("search.index", *sorted(registry.events()))(note_stale)


def note_stale(told: Told) -> None:
    """Note what an event makes stale; harmless to repeat."""
    note(registry.stale(told))
