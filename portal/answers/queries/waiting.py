"""What waits for one person now, for the first page of the back office."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import prefetch_related_objects

from portal.answers.models import Question
from portal.answers.permissions import P
from portal.answers.queries.list_counts import counted
from portal.answers.queries.oversight import figures_of_overseer
from portal.answers.queries.queue import QueueFilter, Reach, queue
from portal.kernel.actors import Actor
from portal.kernel.permissions import can
from portal.kernel.workdays import WorkCalendar

SHOWN = 5
# Ended questions that wait for a decision have no clock: they come last.
LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Waiting:
    """turns: how much waits, by kind (`labels.TURN`); overseen: what is late below; urgent: the first of all turns."""

    turns: dict[str, int]
    overseen: dict[str, int]
    urgent: list[Question]


def waiting_for(actor: Actor, now: datetime, days: WorkCalendar) -> Waiting:
    """Return what waits for the actor. The statements depend on the actor's roles and on what kinds wait, not on how much."""
    reach = Reach.of(actor)
    turns = {kind: queue(actor, QueueFilter(turn=kind), now, reach).prefetch_related(None) for kind in reach.turns}
    overseen = figures_of_overseer(actor, reach, now, days) if can(actor, P.SEE_OVERSIGHT) else {}
    counts = counted(
        actor,
        {("turn", kind): found for kind, found in turns.items()}
        | {("late", kind): found for kind, found in overseen.items()},
    )
    first = [case for kind, found in turns.items() if counts["turn", kind] for case in found[:SHOWN]]
    urgent = sorted({case.pk: case for case in first}.values(), key=lambda case: case.nearest_due or LAST)[:SHOWN]
    prefetch_related_objects(urgent, "office", "topic")
    return Waiting(
        {kind: counts["turn", kind] for kind in turns}, {kind: counts["late", kind] for kind in overseen}, urgent
    )
