"""Reads of the journal for the people who watch over it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from portal.journal.models import EventRecord, HandlerRun
from portal.journal.verification import Fault, faults_of
from portal.kernel.workdays import ONE_DAY, start_of


@dataclass(frozen=True)
class EventFilter:
    """What is looked for; "" or None leaves one out.

    about: a reference string, or the number under which people know the matter.
    since, until: local dates in Asia/Shanghai, both included, of when it was recorded.
    """

    about: str = ""
    name: str = ""
    since: date | None = None
    until: date | None = None


def events(chosen: EventFilter) -> QuerySet[EventRecord]:
    """Return the events that fit, newest first."""
    found = EventRecord.objects.order_by("-position")
    if ":" in chosen.about:
        found = found.filter(aggregate=chosen.about)
    elif chosen.about:
        named = EventRecord.objects.filter(seq=1, payload__number=chosen.about.upper()).values("aggregate")
        found = found.filter(aggregate__in=named)
    if chosen.name:
        found = found.filter(name=chosen.name)
    if chosen.since:
        found = found.filter(recorded_at__gte=start_of(chosen.since))
    if chosen.until:
        found = found.filter(recorded_at__lt=start_of(chosen.until + ONE_DAY))
    return found


def event_names() -> list[str]:
    """Return the names of all events there are, in order."""
    return list(EventRecord.objects.order_by("name").values_list("name", flat=True).distinct())


@dataclass(frozen=True)
class Chain:
    """All events of one aggregate in order, and what does not fit in their chain."""

    events: list[EventRecord]
    faults: list[Fault]


def chain(aggregate: str) -> Chain:
    """Return one aggregate's events with the check of their chain. One query."""
    found = list(EventRecord.objects.filter(aggregate=aggregate).order_by("position"))
    return Chain(found, list(faults_of(found)))


def dead_runs(handler: str = "") -> QuerySet[HandlerRun]:
    """Return the runs that were given up, the latest first, each with its event."""
    found = HandlerRun.objects.filter(status=HandlerRun.Status.DEAD)
    if handler:
        found = found.filter(handler=handler)
    return found.select_related("event").order_by("-finished_at", "-pk")


def dead_handlers() -> list[str]:
    """Return the names of the handlers that gave something up."""
    dead = HandlerRun.objects.filter(status=HandlerRun.Status.DEAD)
    return list(dead.order_by("handler").values_list("handler", flat=True).distinct())


def as_rows(found: QuerySet[EventRecord]) -> Iterator[list[str]]:
    """Yield a table of events for export, its heading first; instants in UTC, ISO 8601."""
    yield ["position", "aggregate", "seq", "name", "actor", "occurred_at", "recorded_at", "payload", "hash"]
    for record in found.iterator(chunk_size=2000):
        yield [
            str(record.position),
            record.aggregate,
            str(record.seq),
            record.name,
            record.actor,
            record.occurred_at.isoformat(),
            record.recorded_at.isoformat(),
            json.dumps(record.payload, ensure_ascii=False, sort_keys=True),
            record.hash,
        ]
