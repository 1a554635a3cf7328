"""Reads about people and offices."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.db.models import Count, Q, QuerySet

from portal.accounts.models import Appointment, Device, Invitation, Office, User
from portal.accounts.models.offices import OfficeQuerySet
from portal.accounts.roles import Role
from portal.journal.realtime import real_now
from portal.kernel.actors import ANONYMOUS, Actor, ActorKind, Grant


def actor_for(user: User | AnonymousUser | None, tracked: frozenset[str] = frozenset()) -> Actor:
    """Load everything that permissions may ask about `user`. One query for a person.

    tracked: ids of the questions this session has opened by tracking code.
    """
    if not isinstance(user, User):
        return Actor(tracked=tracked) if tracked else ANONYMOUS
    grants = tuple(Grant(row.role, str(row.office_id), row.office.path) for row in posts_of(user))
    user.acts_for_an_office = bool(grants)
    return Actor(
        kind=ActorKind.PERSON,
        id=str(user.pk),
        grants=grants,
        tracked=tracked,
        is_administrator=user.is_superuser,
    )


def acts_for_an_office(user: User) -> bool:
    """Tell whether the person holds or stands in for a role anywhere now. At most one query per loaded person."""
    if user.acts_for_an_office is None:
        held = Appointment.objects.filter(Q(user=user) | Q(stand_in=user), ended_at=None)
        user.acts_for_an_office = held.exists()
    return user.acts_for_an_office


def holders(role: str, office_id: UUID) -> QuerySet[User]:
    """Return the people who act with `role` at this office now, stand-ins instead of absent holders."""
    appointments = Appointment.objects.filter(office_id=office_id, role=role, ended_at=None)
    return User.objects.filter(
        Q(pk__in=appointments.filter(stand_in=None).values("user"))
        | Q(pk__in=appointments.exclude(stand_in=None).values("stand_in")),
        is_active=True,
    ).order_by("pk")


def administrators() -> QuerySet[User]:
    """Return the people who run the installation."""
    return User.objects.filter(is_superuser=True, is_active=True).order_by("pk")


def leaders_at_the_top() -> list[User]:
    """Return the people who lead an office that has none above it, stand-ins instead of absent leaders."""
    tops = Office.objects.filter(depth=1, is_active=True).order_by("path")
    return list(dict.fromkeys(user for office in tops for user in holders(Role.LEADER, office.pk)))


def colleagues(office: Office) -> QuerySet[User]:
    """Return the people who hold a role at this office, above or below it: who may stand in or take over."""
    above = [office.path[:end] for end in range(Office.steplen, len(office.path), Office.steplen)]
    nearby = Appointment.objects.filter(
        Q(office__path__in=above) | Q(office__path__startswith=office.path), ended_at=None
    )
    return User.objects.filter(pk__in=nearby.values("user"), is_active=True).order_by("name", "pk")


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


def offices_with_figures(actor: Actor, wanted: str = "") -> OfficeQuerySet:
    """Return the offices `actor` oversees, parents first, with `people` and `spokespersons` counted.

    wanted: part of a name or code; empty for all.
    """
    found = Office.objects.visible_to(actor).annotate(
        people=Count("appointments__user", filter=Q(appointments__ended_at=None), distinct=True),
        spokespersons=Count(
            "appointments", filter=Q(appointments__ended_at=None, appointments__role=Role.SPOKESPERSON)
        ),
    )
    if wanted:
        found = found.filter(Q(name__icontains=wanted) | Q(name_en__icontains=wanted) | Q(code__icontains=wanted))
    return found


def appointments_at(office: Office) -> QuerySet[Appointment]:
    """Return who holds which role at the office now, with stand-ins."""
    held = Appointment.objects.filter(office=office, ended_at=None)
    return held.select_related("user", "stand_in").order_by("role", "started_at", "pk")


def pending_invitations_at(office: Office, now: datetime) -> QuerySet[Invitation]:
    """Return the office's invitations that can still be accepted."""
    open_ones = Invitation.objects.filter(office=office, accepted_at=None, withdrawn_at=None, expires_at__gt=now)
    return open_ones.select_related("invited_by").order_by("expires_at")


def signed_in_devices(actor: Actor) -> QuerySet[Device]:
    """Return the devices on which the actor is signed in now, the one used last first.

    A session of staff is over at its greatest age, whether or not somebody has come back to see it.
    """
    now = real_now()
    alive = Session.objects.filter(expire_date__gt=now).values("session_key")
    found = Device.objects.visible_to(actor).filter(session_key__in=alive)
    if actor.is_staff:
        found = found.filter(signed_in_at__gt=now - settings.STAFF_SESSION_MAX)
    return found.order_by("-seen_at", "pk")


def posts_of(user: User) -> QuerySet[Appointment]:
    """Return the roles the person holds or stands in for, with the offices."""
    held = Appointment.objects.filter(Q(user=user) | Q(stand_in=user), ended_at=None)
    return held.select_related("office").order_by("office__path", "role")
