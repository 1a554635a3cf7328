"""Reads about people and offices."""

from uuid import UUID

from django.db.models import Q, QuerySet

from portal.accounts.models import Appointment, Office, User
from portal.kernel.actors import ANONYMOUS, Actor, ActorKind, Grant


def actor_for(user: User | None, tracked: frozenset[str] = frozenset()) -> Actor:
    """Load everything that permissions may ask about `user`. One query for a person.

    tracked: ids of the questions this session has opened by tracking code.
    """
    if user is None or not user.is_authenticated:
        return Actor(tracked=tracked) if tracked else ANONYMOUS
    held = (
        Appointment.objects.filter(Q(user=user) | Q(stand_in=user), ended_at=None)
        .select_related("office")
        .order_by("office__path", "role")
    )
    return Actor(
        kind=ActorKind.PERSON,
        id=str(user.pk),
        grants=tuple(Grant(row.role, str(row.office_id), row.office.path) for row in held),
        tracked=tracked,
        is_administrator=user.is_superuser,
    )


def holders(role: str, office_id: UUID) -> QuerySet[User]:
    """Return the people who act with `role` at this office now, stand-ins instead of absent holders."""
    appointments = Appointment.objects.filter(office_id=office_id, role=role, ended_at=None)
    return User.objects.filter(
        Q(pk__in=appointments.filter(stand_in=None).values("user"))
        | Q(pk__in=appointments.exclude(stand_in=None).values("stand_in")),
        is_active=True,
    ).order_by("pk")


def centre_for(office: Office) -> Office:
    """Return the centre that screens and dispatches for `office`: the nearest one above or at its side.

    Raises Office.DoesNotExist when the installation has no centre yet.
    """
    centres = list(Office.objects.filter(is_centre=True, is_active=True).order_by("-depth", "path"))
    for centre in centres:
        parent_path = centre.path[: -Office.steplen] or centre.path
        if office.path.startswith(parent_path):
            return centre
    if centres:
        return centres[-1]
    raise Office.DoesNotExist("no office is marked as centre")


def main_centre() -> Office:
    """Return the centre highest in the tree: it takes the questions of people who do not know the office."""
    centre = Office.objects.filter(is_centre=True, is_active=True).order_by("depth", "path").first()
    if centre is None:
        raise Office.DoesNotExist("no office is marked as centre")
    return centre
