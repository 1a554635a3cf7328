"""What the yearly assessment of offices is worked out from: the public figures of a year, and who may take them along."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet

from portal.accounts.models import Office
from portal.accounts.models.offices import below
from portal.answers.models import Answer, CallBack, CallStratum
from portal.answers.permissions import OVERSIGHT_ROLES
from portal.answers.queries.performance import by_office, months_to
from portal.answers.rules.assessment import Assessment, Inputs, assess
from portal.answers.rules.performance import Tally
from portal.answers.states import CallState
from portal.kernel.actors import Actor


@dataclass(frozen=True)
class Assessed:
    """One office's half for a year. calls_open: askers still to be called; left_out: unrated answers nobody was drawn from."""

    office: Office
    tally: Tally
    calls_open: int
    left_out: dict[str, int]
    result: Assessment


def assessed_offices(actor: Actor) -> QuerySet[Office]:
    """Return the offices whose assessment `actor` may take along: below a leader or auditor, all for an administrator."""
    answering = Office.objects.filter(takes_questions=True, is_centre=False).order_by("path")
    return answering if actor.is_administrator else answering.filter(below(actor.paths(*OVERSIGHT_ROLES)))


def assessed(actor: Actor, year: int) -> Iterator[Assessed]:
    """Yield every office's half of a year, in the order of the tree. A fixed number of statements."""
    months = months_to(date(year, 12, 1), 12)
    tallies = by_office(months)
    waiting = (
        CallBack.objects.filter(month__in=months, state=CallState.OPEN).values_list("office").annotate(n=Count("pk"))
    )
    still_open: dict[UUID, int] = dict(waiting.order_by())
    left: dict[UUID, Counter[str]] = {}
    # By the period of the draw: an unrated answer is in the pool of the period in which its time for rating ended.
    strata = CallStratum.objects.filter(Q(draw__begins__year=year)).values_list("office", "left_out")
    for office_id, reasons in strata:
        left.setdefault(office_id, Counter()).update(reasons)
    for office in assessed_offices(actor):
        tally = tallies.get(office.pk, Tally())
        yield Assessed(office, tally, still_open.get(office.pk, 0), dict(left.get(office.pk, {})), _assess(tally))


def assessed_years(today: date) -> list[int]:
    """Return the years that can be assessed, the present one first: since the first answer."""
    first = Answer.objects.aggregate(first=Min("month"))["first"]
    return list(range(today.year, (first or today).year - 1, -1))


def _assess(tally: Tally) -> Assessment:
    rule: dict[str, Any] = settings.ANSWERS_ASSESSMENT
    inputs = Inputs(tally.answers, tally.rated, tally.satisfied, tally.reached, tally.satisfied_by_call)
    return assess(inputs, points_of=rule["points"], verdicts_from=rule["from"])
