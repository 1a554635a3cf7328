"""Inviting, withdrawing and accepting. A grant takes two people: who invites and who accepts."""

from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction

from portal.accounts import reasons
from portal.accounts.actions.appointments import about as about_appointment
from portal.accounts.actions.appointments import appointed, seat
from portal.accounts.actions.locks import lock_office
from portal.accounts.events import InvitationAccepted, InvitationWithdrawn, Invited
from portal.accounts.invitations import VALID_FOR
from portal.accounts.models import Appointment, Invitation, Office
from portal.accounts.permissions import P
from portal.accounts.roles import Role, roles_at
from portal.journal.publishing import publish
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.permissions import NotAllowed, demand


def about(invitation: Invitation) -> str:
    """Return the reference of an invitation."""
    return f"portal.accounts.invitation:{invitation.pk}"


@transaction.atomic
def invite(office_id: UUID, *, email: str, role: str, by: Actor, clock: Clock) -> Invitation:
    """Invite the owner of an address to a role; the mail goes out with the journal. Raises NotAllowed."""
    office = lock_office(office_id)
    now = clock.now()
    demand(by, P.INVITE, office)
    if role == Role.AUDITOR:
        demand(by, P.INVITE_AUDITOR, office)
    email = email.lower()
    if not office.is_active:
        raise NotAllowed(reasons.OFFICE_INACTIVE)
    if role not in roles_at(is_centre=office.is_centre, takes_questions=office.takes_questions):
        raise NotAllowed(reasons.ROLE_NOT_HERE)
    if _holds_already(office, email, role):
        raise NotAllowed(reasons.ALREADY_HOLDS)
    _make_room(office, email, role, by, now)
    invitation = Invitation.objects.create(
        office=office, role=role, email=email, invited_by_id=by.id, invited_at=now, expires_at=now + VALID_FOR
    )
    publish(
        Invited(invitation=str(invitation.pk), office=str(office.pk), role=role, expires_at=invitation.expires_at),
        about=about(invitation),
        by=by,
        at=now,
    )
    return invitation


@transaction.atomic
def withdraw_invitation(invitation_id: UUID, *, by: Actor, clock: Clock) -> Invitation:
    """Take an invitation back; its link is dead from now on. Raises NotAllowed."""
    invitation = _lock(invitation_id)
    now = clock.now()
    demand(by, P.INVITE, invitation.office)
    if invitation.accepted_at is not None or invitation.withdrawn_at is not None:
        raise NotAllowed(reasons.INVITATION_OVER)
    _withdraw(invitation, by, now)
    return invitation


@transaction.atomic
def accept_invitation(invitation_id: UUID, *, by: Actor, clock: Clock) -> Appointment:
    """Take the role one was invited to. Raises NotAllowed.

    The link is not enough: the person must have shown that the invited address is theirs, and
    must not have sent the invitation.
    """
    invitation = _lock(invitation_id)
    now = clock.now()
    if not by.is_person:
        raise NotAllowed(reasons.SIGN_IN_FIRST)
    if not invitation.is_open(now):
        raise NotAllowed(reasons.INVITATION_OVER)
    if not EmailAddress.objects.filter(user_id=by.id, verified=True, email=invitation.email).exists():
        raise NotAllowed(reasons.ANOTHER_ADDRESS)
    if str(invitation.invited_by_id) == by.id:
        raise NotAllowed(reasons.OWN_INVITATION)
    appointment = seat(UUID(by.id), invitation.office, invitation.role, now)
    invitation.accepted_at, invitation.accepted_by_id = now, appointment.user_id
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    publish(InvitationAccepted(appointment=str(appointment.pk), person=by.id), about=about(invitation), by=by, at=now)
    publish(appointed(appointment), about=about_appointment(appointment), by=by, at=now)
    return appointment


def _lock(invitation_id: UUID) -> Invitation:
    office = lock_office(Invitation.objects.values_list("office_id", flat=True).get(pk=invitation_id))
    invitation = Invitation.objects.select_for_update().get(pk=invitation_id)
    invitation.office = office
    return invitation


def _holds_already(office: Office, email: str, role: str) -> bool:
    return Appointment.objects.filter(
        office=office,
        role=role,
        ended_at=None,
        user__emailaddress__email=email,
        user__emailaddress__verified=True,
    ).exists()


def _make_room(office: Office, email: str, role: str, by: Actor, now: datetime) -> None:
    """Refuse a second open invitation; close one that has expired."""
    pending = Invitation.objects.filter(office=office, role=role, email=email, accepted_at=None, withdrawn_at=None)
    for invitation in pending.select_for_update():
        if invitation.is_open(now):
            raise NotAllowed(reasons.ALREADY_INVITED)
        _withdraw(invitation, by, now)


def _withdraw(invitation: Invitation, by: Actor, now: datetime) -> None:
    invitation.withdrawn_at = now
    invitation.save(update_fields=["withdrawn_at"])
    publish(
        InvitationWithdrawn(office=str(invitation.office_id), role=invitation.role),
        about=about(invitation),
        by=by,
        at=now,
    )
