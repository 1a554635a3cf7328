"""The staff's queue: what is open, nearest promise first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from portal.accounts.models import Role
from portal.answers.models import Decision, Extension, Intake, Question
from portal.answers.queries.missed import missed
from portal.answers.queries.titles import number_or_title
from portal.answers.queries.visibility import desk_of
from portal.answers.queries.whose_turn import turns_of
from portal.answers.rules.reminders import late_by
from portal.answers.states import CHECKABLE, EXCLUDED, IN_WORK, OFFERED, OPEN, REPLIED, UNSORTED, State
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
    "ended": EXCLUDED,
}
# What waits although the question has ended.
ANSWERED_TURNS = ("erasures", "publish")


@dataclass(frozen=True)
class QueueFilter:
    """What the filters above the queue can say; "" or None leaves a filter out.

    late_since: only those whose reply was due by then and is still missing (the leaders' list, the bulletin).
    turn: only what waits for the actor, a key of `labels.TURN`; the group "open" then says nothing.
    group: a key of STATE_GROUPS; "receipt" are those whose stated time somebody must check, "to_tell" those whose
    asker waits for a call with the answer. scope: "office" (where I hold a role) or "level" (and below).
    """

    turn: str = ""
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
            turn=said.get("turn", ""),
            group=said.get("group", "open"),
            scope=said.get("scope", "level"),
            office=said.get("office", ""),
            topic=said.get("topic", ""),
            overdue="overdue" in said,
            late_since=late_by(now, int(late), days) if late else None,
            text=said.get("text", ""),
        )


@dataclass(frozen=True)
class Reach:
    """What an actor sees and what waits for them: four look-ups, for whoever asks for several queues."""

    desk: QuerySet[Question]
    turns: Mapping[str, Q]

    @classmethod
    def of(cls, actor: Actor) -> "Reach":
        """Look it up."""
        return cls(desk_of(actor), turns_of(actor))


def queue(actor: Actor, chosen: QueueFilter, now: datetime, reach: Reach | None = None) -> QuerySet[Question]:
    """Return the questions of the queue, each with office and topic, without further queries.

    reach: the actor's, from whoever has looked it up.
    """
    states = STATE_GROUPS.get(chosen.group, OPEN)
    found = reach.desk if reach else desk_of(actor)
    if chosen.turn:
        turns = reach.turns if reach else turns_of(actor)
        found = found.filter(turns.get(chosen.turn, Q(pk__in=())))
    if not chosen.turn or chosen.group != "open":
        # Sorted as in the partial indexes: SQLite uses those only for the very same list.
        found = found.filter(state__in=sorted(states))
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
        found = found.filter(missed(now))
    if chosen.late_since:
        late = Q(reply_due__lte=chosen.late_since, answered_at=None, paused_at=None, reply_provisional=False)
        late_again = Q(reopen_due__lte=chosen.late_since, reopen_provisional=False)
        # The first says nothing that these do not, but an index can be asked for it.
        found = found.filter(Q(nearest_due__lte=chosen.late_since) & (late | late_again))
    if chosen.text:
        found = found.filter(number_or_title(chosen.text))
    is_open = states <= OPEN and chosen.turn not in ANSWERED_TURNS
    order: tuple[Any, ...] = ("nearest_due", "id") if is_open else ("-submitted_at", "id")
    if chosen.group == "receipt" or chosen.turn == "receipts":  # answered ones among them have no date any more
        order = (F("nearest_due").asc(nulls_last=True), "id")
    # Not joined: with a handful of offices SQLite would begin with those and sort everything.
    return found.prefetch_related("office", "topic").defer("text").order_by(*order)
