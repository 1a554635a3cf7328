"""The staff's queue: what is open, nearest promise first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from portal.accounts.models import Role
from portal.answers.models import Decision, Extension, Intake, Question
from portal.answers.queries.titles import number_or_title
from portal.answers.queries.visibility import desk_of
from portal.answers.rules.reminders import late_by
from portal.answers.states import CHECKABLE, IN_WORK, OFFERED, OPEN, REPLIED, UNSORTED, State
from portal.kernel.actors import Actor
from portal.kernel.workdays import WorkCalendar

STATE_GROUPS: dict[str, frozenset[State]] = {
    "open": OPEN,
    "unsorted": UNSORTED,
    "offered": OFFERED,
    "receipt": CHECKABLE,
    "returns": frozenset({State.RETURN_REQUESTED}),
    "in_work": IN_WORK,
    "sign": frozenset({State.REVIEW, State.REFUSAL_REVIEW}),
    "to_tell": REPLIED,
    "extensions": IN_WORK,
    "reopenings": frozenset({State.REOPEN_REVIEW}),
    "asker": frozenset({State.WAITING_ASKER}),
    "publish": REPLIED,
    "answered": REPLIED,
    "ended": frozenset({State.NOT_ADMITTED, State.WITHDRAWN, State.LAPSED, State.HANDED_OVER}),
}


@dataclass(frozen=True)
class QueueFilter:
    """What the filters above the queue can say; "" or None leaves a filter out.

    late_since: only those whose reply was due by then and is still missing (the leaders' list, the bulletin).
    group: a key of STATE_GROUPS; "receipt" are those whose stated time somebody must check, "to_tell" those whose
    asker waits for a call with the answer. scope: "office" (where I hold a role) or "level" (and below).
    """

    group: str = "open"
    scope: str = "level"
    office: str = ""
    topic: str = ""
    overdue: bool = False
    late_since: datetime | None = None
    text: str = ""

    @classmethod
    def of(cls, said: Mapping[str, str], now: datetime, days: WorkCalendar) -> "QueueFilter":
        """Read what the form's `said` gives, and what a saved filter keeps of it."""
        late = said.get("late")
        return cls(
            group=said.get("group", "open"),
            scope=said.get("scope", "level"),
            office=said.get("office", ""),
            topic=said.get("topic", ""),
            overdue="overdue" in said,
            late_since=late_by(now, int(late), days) if late else None,
            text=said.get("text", ""),
        )


def queue(
    actor: Actor, chosen: QueueFilter, now: datetime, *, desk: QuerySet[Question] | None = None
) -> QuerySet[Question]:
    """Return the questions of the queue, each with office and topic, without further queries.

    desk: the actor's desk, for whoever asks for several lists: to find out what it is takes a statement.
    """
    states = STATE_GROUPS.get(chosen.group, OPEN)
    # Sorted as in the partial indexes: SQLite uses those only for the very same list.
    found = (desk_of(actor) if desk is None else desk).filter(state__in=sorted(states))
    if chosen.group == "receipt":
        found = found.filter(intake__check_state=Intake.Check.OPEN)
    if chosen.group == "to_tell":
        found = found.filter(contact_kind=Question.ContactKind.CALL, told_at=None)
    if chosen.group == "extensions":
        found = found.filter(pk__in=Extension.objects.filter(decision=Decision.OPEN).values("question"))
    if chosen.group == "publish":
        found = found.filter(publication="proposed")
    if chosen.scope == "office":
        found = found.filter(office_id__in=actor.office_ids(*Role.values))
    if chosen.office:
        found = found.filter(office_id=chosen.office)
    if chosen.topic:
        found = found.filter(topic_id=chosen.topic)
    if chosen.overdue:
        found = found.filter(nearest_due__lte=now)
    if chosen.late_since:
        late = Q(reply_due__lte=chosen.late_since, answered_at=None, paused_at=None, reply_provisional=False)
        late_again = Q(reopen_due__lte=chosen.late_since, reopen_provisional=False)
        # The first says nothing that these do not, but an index can be asked for it.
        found = found.filter(Q(nearest_due__lte=chosen.late_since) & (late | late_again))
    if chosen.text:
        found = found.filter(number_or_title(chosen.text))
    order = ("nearest_due", "id") if states <= OPEN else ("-submitted_at", "id")
    # Not joined: with a handful of offices SQLite would begin with those and sort everything.
    return found.prefetch_related("office", "topic").defer("text").order_by(*order)
