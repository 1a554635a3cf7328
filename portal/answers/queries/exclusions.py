"""What the figures leave out, for those who look at it again from outside."""

from django.db.models import Q, QuerySet

from portal.accounts.models import Office
from portal.answers.models import Question
from portal.answers.permissions import OVERSIGHT_ROLES
from portal.answers.states import EXCLUDED
from portal.kernel.actors import Actor


def exclusions_for(actor: Actor) -> QuerySet[Question]:
    """Return the questions left out of the figures that `actor` may review: the list twin of `P.REVIEW_EXCLUSION`.

    Proven equal by a test.
    """
    within = Q(pk__in=())
    for path in actor.paths(*OVERSIGHT_ROLES):
        within |= Q(path__startswith=path)
    own = [grant.office_id for grant in actor.grants]
    offices = list(Office.objects.filter(within).exclude(pk__in=own).order_by().values_list("pk", flat=True))
    # Sorted as in the partial index: SQLite uses it only for the very same list.
    return Question.objects.filter(state__in=sorted(EXCLUDED), office_id__in=offices)


def to_review(actor: Actor, kind: str = "") -> QuerySet[Question]:
    """Return those that nobody has looked at yet, the oldest first. kind: a state of `EXCLUDED`, "" for all."""
    found = exclusions_for(actor).filter(exclusion_review=None)
    if kind in EXCLUDED:
        found = found.filter(state=kind)
    return _loaded(found).order_by("ended_at", "pk")


def reviewed(actor: Actor) -> QuerySet[Question]:
    """Return those that were looked at, latest first."""
    found = exclusions_for(actor).filter(exclusion_review__isnull=False)
    return _loaded(found).order_by("-exclusion_review__reviewed_at", "pk")


def _loaded(found: QuerySet[Question]) -> QuerySet[Question]:
    joined = found.select_related("office", "centre", "hand_over", "exclusion_review__reviewed_by")
    return joined.prefetch_related("refusals").defer("text")
