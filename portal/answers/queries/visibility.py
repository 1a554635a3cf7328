"""Which questions an actor may see: the list twin of `P.VIEW`, proven equal by a test.

Offices and questions are looked up first and named in the condition: a database that is told which
ones they are knows how many rows to expect, and reads those from its indexes instead of everything.
"""

from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery, UUIDField

from portal.accounts.models import Office, Role
from portal.accounts.models.offices import below
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


def _as_asker(actor: Actor) -> Q:
    asked = Q(pk__in=actor.tracked) if actor.tracked else _nothing()
    return asked | Q(asker_id=actor.id) if actor.is_person else asked


def _as_staff(actor: Actor) -> Q:
    seen = _nothing()
    reach = _Reach(actor)
    if centres := reach.centres_below(Role.DISPATCHER, Role.LEADER):
        seen |= Q(centre_id__in=centres)
    if overseen := reach.below(*OVERSIGHT_ROLES):
        seen |= Q(office_id__in=overseen)
    if offices := actor.office_ids(*OFFICE_ROLES):
        seen |= Q(office_id__in=offices)
        if helped := list(Helping.objects.filter(office_id__in=offices).values_list("question", flat=True)):
            seen |= Q(pk__in=helped)
    if edited := reach.below(Role.EDITOR):
        seen |= Q(office_id__in=edited) & ~Q(publication="private")
    return seen


class _Reach:
    """The offices at or below those where an actor holds a role that reaches down. At most one query.

    An office is a centre here when a question came in by it, whether it is still one or not. One that
    never was is not named as centre: PostgreSQL would expect as many rows of it as of the others, and
    read the whole queue in order of its due dates to find them.
    """

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        paths = actor.paths(Role.DISPATCHER, Role.LEADER, *OVERSIGHT_ROLES, Role.EDITOR)
        found = Office.objects.filter(below(paths)).order_by() if paths else Office.objects.none()
        # The centre itself or the next one: read from the index, however many questions there are.
        centre = Question.objects.filter(centre__gte=OuterRef("pk")).order_by("centre_id").values("centre_id")[:1]
        rows = found.values_list("pk", "path", Subquery(centre, output_field=UUIDField()))
        self._offices: list[tuple[UUID, str, UUID | None]] = list(rows)

    def below(self, *roles: str) -> list[UUID]:
        """Return the offices that one of `roles` reaches."""
        paths = self._actor.paths(*roles)
        return [office for office, path, _ in self._offices if path.startswith(paths)]

    def centres_below(self, *roles: str) -> list[UUID]:
        """Return those by which questions came in, of the offices that one of `roles` reaches."""
        paths = self._actor.paths(*roles)
        return [office for office, path, centre in self._offices if office == centre and path.startswith(paths)]
