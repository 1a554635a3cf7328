"""Reads about call-backs: whom one may call, the pool of a period, and what is published of a draw."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from portal.accounts.models import Office, Role
from portal.answers.models import CallBack, CallDraw, CallStratum, Erasure, Question, Rating
from portal.answers.rules.call_backs import TICKETS, Candidate, left_out
from portal.answers.rules.contacts import CALLABLE
from portal.answers.states import CallState
from portal.kernel.actors import Actor
from portal.kernel.draw import drawn, ticket
from portal.kernel.workdays import start_of

FORMAT = "yishi.draw.1"


# --- Calling --------------------------------------------------------------------------------------


def calls_for(actor: Actor) -> QuerySet[CallBack]:
    """Return the call-backs that `actor` may make: the list twin of `P.CALL_BACK`, proven equal by a test."""
    return CallBack.objects.filter(_of_centre(actor)).exclude(_of_own_office(actor))


def calls_of_others(actor: Actor) -> QuerySet[CallBack]:
    """Return the calls of the actor's centre that somebody else must make, because they are about the actor's own office."""
    return CallBack.objects.filter(_of_centre(actor) & _of_own_office(actor), state=CallState.OPEN)


def _of_centre(actor: Actor) -> Q:
    mine = Q(pk__in=[])
    for path in actor.paths(Role.DISPATCHER):
        mine |= Q(question__centre__in=Office.objects.filter(path__startswith=path).order_by())
    return mine


def _of_own_office(actor: Actor) -> Q:
    own = Q(question__office_id__in=[grant.office_id for grant in actor.grants])
    for path in actor.paths(Role.LEADER):
        own |= Q(question__office__in=Office.objects.filter(path__startswith=path).order_by())
    return own


def calls_now(actor: Actor, now: datetime) -> QuerySet[CallBack]:
    """Return the calls that may be made now, those first that end soonest, then those tried least lately."""
    found = calls_for(actor).filter(Q(not_before=None) | Q(not_before__lte=now), state=CallState.OPEN)
    return _loaded(found).order_by("draw__due", F("not_before").asc(nulls_first=True), "pk")


def calls_later(actor: Actor, now: datetime) -> QuerySet[CallBack]:
    """Return the calls that must wait for another time of the day."""
    found = calls_for(actor).filter(state=CallState.OPEN, not_before__gt=now)
    return _loaded(found).order_by("not_before", "pk")


def calls_ended(actor: Actor) -> QuerySet[CallBack]:
    """Return the calls that are over, latest first."""
    found = calls_for(actor).exclude(state=CallState.OPEN)
    return _loaded(found).select_related("rating").order_by("-ended_at", "pk")


def load_call(call_id: UUID) -> CallBack:
    """Return a call-back with what permissions and its page read. Raises CallBack.DoesNotExist."""
    return (
        CallBack.objects.select_related(
            "draw",
            "office",
            "taken_by",
            "rating",
            "question__asker",
            "question__office",
            "question__centre",
            "question__answer",
            "question__topic",
        )
        .prefetch_related("attempts__called_by")
        .get(pk=call_id)
    )


def _loaded(found: QuerySet[CallBack]) -> QuerySet[CallBack]:
    return found.select_related("draw", "office", "taken_by", "question").prefetch_related("attempts__called_by")


# --- Drawing --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pooled:
    """An answer in the pool. office, month: of the answer."""

    question: UUID
    office: UUID
    month: date


@dataclass(frozen=True)
class Pool:
    """The answers without a rating of one period. by_ticket: whom a ticket stands for; left_out: counts by office and reason."""

    by_ticket: dict[str, Pooled]
    left_out: dict[UUID, dict[str, int]]

    def tickets(self) -> dict[UUID, list[str]]:
        """Return the sorted tickets of every office that has any answer without a rating."""
        found: dict[UUID, list[str]] = {office: [] for office in self.left_out}
        for one, pooled in sorted(self.by_ticket.items()):
            found.setdefault(pooled.office, []).append(one)
        return found


def pool_of(begins: date, ends: date) -> Pool:
    """Return the first answers whose time for rating ran out from `begins` to before `ends` without one. One statement.

    A question that was withdrawn has no answer, so none of those is here.
    """
    found = (
        Question.objects.filter(
            rating_ends_at__gte=start_of(begins),
            rating_ends_at__lt=start_of(ends),
            answer__isnull=False,
            reopening=None,
            call_back=None,
        )
        .exclude(pk__in=Rating.objects.filter(source=Rating.Source.ASKER).values("question"))
        .values_list("pk", "answer__office", "answer__month", "confidential", "contact_kind", "asker")
        .annotate(
            by_account=F("asker__phone_verified"),
            emptied=Exists(Erasure.objects.filter(question=OuterRef("pk"), decision=Erasure.Decision.DONE)),
        )
    )
    by_ticket: dict[str, Pooled] = {}
    counted: dict[UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for pk, office, month, confidential, contact_kind, asker, by_account, emptied in found:
        reachable = contact_kind in CALLABLE or bool(asker and by_account)
        reason = left_out(Candidate(confidential, emptied, reachable))
        if reason:
            counted[office][reason] += 1
        else:
            by_ticket[ticket(TICKETS, str(pk))] = Pooled(pk, office, month)
    return Pool(by_ticket, {office: dict(reasons) for office, reasons in counted.items()})


# --- For everybody --------------------------------------------------------------------------------


@dataclass(frozen=True)
class DrawLine:
    """One draw as a reader meets it. ended: how many calls ended how; left_out: how many by reason. Empty before they are known."""

    draw: CallDraw
    drawn: int
    ended: dict[str, int]
    left_out: dict[str, int]


def draw_lines(count: int) -> list[DrawLine]:
    """Return the newest draws; how the calls of one went is told when all are over. Three statements."""
    draws = list(CallDraw.objects.order_by("-begins")[:count])
    ended: dict[UUID, dict[str, int]] = defaultdict(dict)
    calls = CallBack.objects.filter(draw__in=draws).values_list("draw", "state").annotate(n=Count("pk"))
    for draw, state, n in calls.order_by("state"):
        ended[draw][state] = n
    left: dict[UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    # Without the tickets, which are many.
    for draw, reasons in CallStratum.objects.filter(draw__in=draws).values_list("draw", "left_out"):
        for reason, n in reasons.items():
            left[draw][reason] += n
    return [
        DrawLine(draw, sum(ended[draw.pk].values()), ended[draw.pk] if draw.opened_at else {}, dict(left[draw.pk]))
        for draw in draws
    ]


def published_draw(draw: CallDraw) -> dict[str, Any]:
    """Return everything an outsider needs to draw again; the seed and who was drawn only once the calls are over."""
    strata = [(stratum.office, stratum) for stratum in draw.strata.select_related("office")]
    seed = draw.seed if draw.opened_at else ""
    return {
        "format": FORMAT,
        "begins": draw.begins.isoformat(),
        "ends": draw.ends.isoformat(),
        "commitment": draw.commitment,
        "committed_at": draw.committed_at.isoformat(),
        "drawn_at": draw.drawn_at.isoformat() if draw.drawn_at else None,
        "per_office": draw.per_office,
        "pool_digest": draw.pool_digest,
        "due": draw.due.isoformat() if draw.due else None,
        "opened_at": draw.opened_at.isoformat() if draw.opened_at else None,
        "seed": seed,
        "strata": {
            office.code: {
                "name": office.name,
                "tickets": stratum.tickets,
                "left_out": stratum.left_out,
                "drawn": _drawn_again(draw, stratum.tickets, seed),
            }
            for office, stratum in strata
        },
    }


def _drawn_again(draw: CallDraw, tickets: list[str], seed: str) -> list[str]:
    return list(drawn(tickets, draw.per_office or 0, seed=seed, digest=draw.pool_digest)) if seed else []
