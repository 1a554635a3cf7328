"""Appointing, standing in and leaving."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from portal.accounts import leaving, reasons
from portal.accounts.actions.editors import GROUPS, sync_editor
from portal.accounts.actions.locks import lock_appointment, lock_office
from portal.accounts.events import Appointed, AppointmentEnded, StandInEnded, StandInNamed
from portal.accounts.models import Appointment, Office
from portal.accounts.permissions import P
from portal.accounts.queries import colleagues, holders
from portal.accounts.roles import roles_at
from portal.journal.publishing import publish
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.permissions import NotAllowed, demand


def about(appointment: Appointment) -> str:
    """Return the reference of an appointment."""
    return f"portal.accounts.appointment:{appointment.pk}"


@transaction.atomic
def appoint(user_id: UUID, *, office_id: UUID, role: str, by: Actor, clock: Clock) -> Appointment:
    """Appoint a person without an invitation; for seeding and import. Raises NotAllowed."""
    office = lock_office(office_id)
    now = clock.now()
    demand(by, P.APPOINT)
    appointment = seat(user_id, office, role, now)
    publish(appointed(appointment), about=about(appointment), by=by, at=now)
    return appointment


@transaction.atomic
def name_stand_in(appointment_id: UUID, *, stand_in_id: UUID, by: Actor, clock: Clock) -> Appointment:
    """Let a colleague act with this role while the holder is away; another stand-in is replaced.

    Raises NotAllowed; nobody names himself, so that nobody gives himself a role.
    """
    appointment = lock_appointment(appointment_id)
    now = clock.now()
    demand(by, P.NAME_STAND_IN, appointment.office)
    if stand_in_id == appointment.user_id:
        raise NotAllowed(reasons.HOLDER_HIMSELF)
    _refuse_outsiders(appointment.office, stand_in_id, by)
    before, appointment.stand_in_id = appointment.stand_in_id, stand_in_id
    appointment.save(update_fields=["stand_in"])
    for person in filter(None, {before, stand_in_id}):
        sync_editor(person)
    publish(
        StandInNamed(
            stand_in=str(stand_in_id),
            person=str(appointment.user_id),
            office=str(appointment.office_id),
            role=appointment.role,
        ),
        about=about(appointment),
        by=by,
        at=now,
    )
    return appointment


@transaction.atomic
def end_stand_in(appointment_id: UUID, *, by: Actor, clock: Clock) -> Appointment:
    """Give the role back to its holder alone. Raises NotAllowed."""
    appointment = lock_appointment(appointment_id)
    now = clock.now()
    demand(by, P.NAME_STAND_IN, appointment.office)
    stand_in_id, appointment.stand_in_id = appointment.stand_in_id, None
    if stand_in_id is None:
        raise NotAllowed(reasons.NO_STAND_IN)
    appointment.save(update_fields=["stand_in"])
    sync_editor(stand_in_id)
    publish(
        StandInEnded(
            stand_in=str(stand_in_id),
            person=str(appointment.user_id),
            office=str(appointment.office_id),
            role=appointment.role,
        ),
        about=about(appointment),
        by=by,
        at=now,
    )
    return appointment


@transaction.atomic
def end_appointment(appointment_id: UUID, *, by: Actor, clock: Clock, successor_id: UUID | None = None) -> Appointment:
    """End an appointment; a successor takes the role over in the same step.

    Raises NotAllowed when it would leave open cases without anybody who can act on them
    (`leaving`), or when the successor is not a colleague or already holds the role.
    """
    appointment = lock_appointment(appointment_id)
    office, now = appointment.office, clock.now()
    demand(by, P.END_APPOINTMENT, office)
    stand_in_id, appointment.stand_in_id = appointment.stand_in_id, None
    appointment.ended_at = max(now, appointment.started_at)
    appointment.save(update_fields=["ended_at", "stand_in"])
    taken_over = None
    if successor_id is not None:
        _refuse_outsiders(office, successor_id, by)
        taken_over = seat(successor_id, office, appointment.role, now)
    elif not holders(appointment.role, office.pk).exists():
        waiting = leaving.open_cases(office.pk, appointment.role)
        if waiting:
            raise NotAllowed(reasons.last_holder(waiting))
    for person in filter(None, {appointment.user_id, stand_in_id}):
        sync_editor(person)
    publish(
        AppointmentEnded(
            person=str(appointment.user_id),
            office=str(office.pk),
            role=appointment.role,
            successor=str(successor_id or ""),
        ),
        about=about(appointment),
        by=by,
        at=now,
    )
    if taken_over is not None:
        publish(appointed(taken_over), about=about(taken_over), by=by, at=now)
    return appointment


def seat(user_id: UUID, office: Office, role: str, now: datetime) -> Appointment:
    """Save a new appointment at a locked office; the caller has asked permission and publishes.

    Raises NotAllowed when the office has no such role or the person holds it already.
    """
    if not office.is_active:
        raise NotAllowed(reasons.OFFICE_INACTIVE)
    if role not in roles_at(is_centre=office.is_centre, takes_questions=office.takes_questions):
        raise NotAllowed(reasons.ROLE_NOT_HERE)
    if Appointment.objects.filter(user_id=user_id, office=office, role=role, ended_at=None).exists():
        raise NotAllowed(reasons.ALREADY_HOLDS)
    appointment = Appointment.objects.create(user_id=user_id, office=office, role=role, started_at=now)
    if role in GROUPS:
        sync_editor(user_id)
    return appointment


def appointed(appointment: Appointment) -> Appointed:
    """Return the event of a new appointment."""
    return Appointed(person=str(appointment.user_id), office=str(appointment.office_id), role=appointment.role)


def _refuse_outsiders(office: Office, user_id: UUID, by: Actor) -> None:
    if str(user_id) == by.id:
        raise NotAllowed(reasons.NOT_ONESELF)
    if not colleagues(office).filter(pk=user_id).exists():
        raise NotAllowed(reasons.NOT_A_COLLEAGUE)
