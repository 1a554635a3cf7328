"""Staff take the queue along as a table; what left the house is on record before the first line does."""

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from portal.answers.events import QueueExported
from portal.answers.models import Question
from portal.answers.permissions import P
from portal.answers.queries.queue import QueueFilter
from portal.answers.queries.queue_export import columns, exported
from portal.answers.reasons import EXPORT_REASON_MISSING
from portal.journal.publishing import publish
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.permissions import NotAllowed, demand


@dataclass(frozen=True)
class Export:
    """What may be sent now: at most the rows that were counted."""

    found: QuerySet[Question]
    count: int


def export_queue(chosen: QueueFilter, *, personal: bool, reason: str, by: Actor, clock: Clock) -> Export:
    """Put an export on record: by whom, how many rows, which columns, for what; then return its rows.

    personal: with names, places and contacts. reason: a code of `EXPORT_REASONS`, needed for those.
    The filter is not recorded: what was searched for may be a name. Raises NotAllowed.
    """
    demand(by, P.EXPORT_QUEUE)
    if personal:
        demand(by, P.EXPORT_PERSONAL)
        if not reason:
            raise NotAllowed(EXPORT_REASON_MISSING)
    with transaction.atomic():
        now = clock.now()
        found = exported(by, chosen, now)
        count = found.count()
        told = QueueExported(rows=count, columns=tuple(columns(personal=personal)), reason=reason, personal=personal)
        publish(told, about=f"portal.answers.queue_export:{uuid.uuid4()}", by=by, at=now)
    return Export(found[:count], count)
