"""Which questions an actor may see: the list twin of `P.VIEW`, proven equal by a test."""

from django.db.models import Q, QuerySet

from portal.accounts.models import Office, Role
from portal.answers.models import Helping, Question
from portal.answers.permissions import OFFICE_ROLES, OVERSIGHT_ROLES
from portal.kernel.actors import Actor


def visible_to(actor: Actor) -> QuerySet[Question]:
    """Return the questions `actor` may view, whatever their state."""
    return Question.objects.filter(_as_asker(actor) | _as_staff(actor))


def desk_of(actor: Actor) -> QuerySet[Question]:
    """Return the questions `actor` sees as staff: without the ones asked privately."""
    return Question.objects.filter(_as_staff(actor))


def _nothing() -> Q:
    return Q(pk__in=[])


def _below(path: str) -> QuerySet[Office]:
    """Return the office at `path` and all below it, without order: it is only asked who is in."""
    return Office.objects.filter(path__startswith=path).order_by()


def _as_asker(actor: Actor) -> Q:
    asked = Q(pk__in=actor.tracked) if actor.tracked else _nothing()
    return asked | Q(asker_id=actor.id) if actor.is_person else asked


def _as_staff(actor: Actor) -> Q:
    seen = _nothing()
    for path in actor.paths(Role.DISPATCHER):
        seen |= Q(centre__in=_below(path))
    for path in actor.paths(*OVERSIGHT_ROLES):
        seen |= Q(office__in=_below(path))
    if offices := actor.office_ids(*OFFICE_ROLES):
        seen |= Q(office_id__in=offices)
        seen |= Q(pk__in=Helping.objects.filter(office_id__in=offices).values("question"))
    for path in actor.paths(Role.EDITOR):
        seen |= Q(office__in=_below(path)) & ~Q(publication="private")
    return seen
