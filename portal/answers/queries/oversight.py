"""What leaders look at: promises missed and running out, by office, and what climbs up to them."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet, prefetch_related_objects

from portal.accounts.models import Office
from portal.answers.models import Question
from portal.answers.queries.missed import missed
from portal.answers.queries.queue import QueueFilter, Reach, queue
from portal.answers.rules.deadlines import ACCEPT_IS_NEAR, REPLY_IS_NEAR_WORKING_DAYS
from portal.answers.rules.reminders import REPLY_DAYS_LATE
from portal.answers.states import OPEN, State
from portal.kernel.actors import Actor
from portal.kernel.workdays import ONE_DAY, WorkCalendar, local_date, start_of

# Cases of one list on the page, of one office in its list, and how many are looked at for those.
SHOWN, SHOWN_OF_OFFICE, LOOKED_AT = 10, 3, 300
# Nobody is late with what waits for its asker, follows another question, or waits for a decision above.
STANDING = (State.WAITING_ASKER, State.MERGED, State.REOPEN_REVIEW)
# What only a leader decides; returns are the centre's to decide, and shown for how long they wait.
DECISIONS = ("extensions", "reopenings", "refusals", "sign", "receipts", "erasures")


@dataclass
class OfficeState:
    """An office with what it has missed and what runs out; `cases` are the most urgent."""

    office: Office
    missed: int
    near: int
    cases: list[Question] = field(default_factory=list)


@dataclass(frozen=True)
class Oversight:
    """Everything on the leaders' page. Lists hold the first SHOWN."""

    offices: list[OfficeState]
    bulletin: list[Question]
    decisions: dict[str, list[Question]]
    returns: list[Question]


def oversight(actor: Actor, now: datetime, days: WorkCalendar) -> Oversight:
    """Return what is late and what waits, of the offices that `actor` sees. The same statements however much there is."""
    reach = Reach.of(actor)
    offices, cases = _by_office(reach.desk, now, days)
    bulletin = _first(actor, {"late": str(REPLY_DAYS_LATE[-1])}, now, days, reach)
    decisions = {kind: _first(actor, {"turn": kind}, now, days, reach) for kind in DECISIONS if kind in reach.turns}
    returns = _first(actor, {"group": "returns"}, now, days, reach)
    shown = [*cases, *bulletin, *(case for listed in decisions.values() for case in listed), *returns]
    prefetch_related_objects(shown, "office", "topic")
    return Oversight(offices, bulletin, decisions, returns)


def near(now: datetime, days: WorkCalendar) -> Q:
    """Return the condition that a promise runs out soon: the acceptance in hours, the reply on the next working day."""
    last = start_of(days.working_day_after(local_date(now), REPLY_IS_NEAR_WORKING_DAYS) + ONE_DAY)
    soon = now + ACCEPT_IS_NEAR
    return Q(nearest_due__gt=now, nearest_due__lte=max(last, soon)) & (
        Q(nearest_due__lte=soon) | Q(accepted_at__isnull=False)
    )


def running(desk: QuerySet[Question]) -> QuerySet[Question]:
    """Return the questions of a desk with which somebody can be late."""
    # In two parts: SQLite uses the partial indexes only for the very same list of states.
    return desk.filter(state__in=sorted(OPEN)).exclude(state__in=STANDING)


def _by_office(desk: QuerySet[Question], now: datetime, days: WorkCalendar) -> tuple[list[OfficeState], list[Question]]:
    urgent = running(desk).filter(missed(now) | near(now, days))
    figures = (
        urgent.order_by()
        .values("office")
        .annotate(missed=Count("pk", filter=missed(now)), near=Count("pk", filter=Q(nearest_due__gt=now)))
    )
    counts = {row["office"]: (row["missed"], row["near"]) for row in figures}
    offices = Office.objects.in_bulk(counts)
    cases: defaultdict[UUID, list[Question]] = defaultdict(list)
    for question in urgent.defer("text").order_by("nearest_due", "id")[:LOOKED_AT]:
        if len(cases[question.office_id]) < SHOWN_OF_OFFICE:
            cases[question.office_id].append(question)
    states = [OfficeState(offices[pk], *counts[pk], cases[pk]) for pk in counts if pk in offices]
    states.sort(key=lambda state: (-state.missed, -state.near, state.office.path))
    return states, [case for listed in cases.values() for case in listed]


def _first(actor: Actor, said: dict[str, str], now: datetime, days: WorkCalendar, reach: Reach) -> list[Question]:
    return list(queue(actor, QueueFilter.of(said, now, days), now, reach).prefetch_related(None)[:SHOWN])


def figures_of_overseer(actor: Actor, reach: Reach, now: datetime, days: WorkCalendar) -> dict[str, QuerySet[Question]]:
    """Return the lists that the first page counts for a leader or auditor, by kind."""
    desk = running(reach.desk)
    return {
        "missed": desk.filter(missed(now)),
        "near": desk.filter(near(now, days)),
        "bulletin": queue(actor, QueueFilter.of({"late": str(REPLY_DAYS_LATE[-1])}, now, days), now, reach),
    }
