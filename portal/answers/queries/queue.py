"""The staff's queue: what is open, nearest promise first."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from portal.accounts.models import Role
from portal.answers.models import Question
from portal.answers.queries.visibility import desk_of
from portal.answers.states import IN_WORK, OFFERED, OPEN, UNSORTED, State
from portal.kernel.actors import Actor

STATE_GROUPS: dict[str, frozenset[State]] = {
    "open": OPEN,
    "unsorted": UNSORTED,
    "offered": OFFERED,
    "returns": frozenset({State.RETURN_REQUESTED}),
    "in_work": IN_WORK,
    "sign": frozenset({State.REVIEW, State.REFUSAL_REVIEW}),
    "answered": frozenset({State.ANSWERED, State.RATED, State.CLOSED}),
    "decide": frozenset({State.RETURN_REQUESTED, State.REOPEN_REVIEW}),
    "asker": frozenset({State.WAITING_ASKER}),
    "ended": frozenset({State.NOT_ADMITTED, State.WITHDRAWN, State.LAPSED, State.HANDED_OVER}),
}


@dataclass(frozen=True)
class QueueFilter:
    """What the filters above the queue can say; "" or None leaves a filter out.

    late_since: only those whose reply was due by then and is still missing (the leaders' list, the bulletin).
    group: a key of STATE_GROUPS. scope: "office" (where I hold a role) or "level" (and below).
    """

    group: str = "open"
    scope: str = "level"
    office: str = ""
    topic: str = ""
    overdue: bool = False
    late_since: datetime | None = None
    text: str = ""


def queue(actor: Actor, chosen: QueueFilter, now: datetime) -> QuerySet[Question]:
    """Return the questions of the queue, each with office and topic, without further queries."""
    states = STATE_GROUPS.get(chosen.group, OPEN)
    # Sorted as in the partial indexes: SQLite uses those only for the very same list.
    found = desk_of(actor).filter(state__in=sorted(states))
    if chosen.scope == "office":
        found = found.filter(office_id__in=actor.office_ids(*Role.values))
    if chosen.office:
        found = found.filter(office_id=chosen.office)
    if chosen.topic:
        found = found.filter(topic_id=chosen.topic)
    if chosen.overdue:
        found = found.filter(nearest_due__lte=now)
    if chosen.late_since:
        found = found.filter(reply_due__lte=chosen.late_since, answered_at=None).exclude(reply_provisional=True)
    if chosen.text:
        found = found.filter(Q(number__iexact=chosen.text) | Q(title__icontains=chosen.text))
    order = ("nearest_due", "id") if states <= OPEN else ("-submitted_at", "id")
    # Not joined: with a handful of offices SQLite would begin with those and sort everything.
    return found.prefetch_related("office", "topic").defer("text").order_by(*order)
