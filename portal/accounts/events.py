"""What happens to offices and to those who act for them. Ids and codes only."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from portal.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class OfficeCreated(Event):
    """A new office stands in the tree. About the office."""

    name: ClassVar[str] = "accounts.office_created"
    code: str
    level: str
    parent: str


@dataclass(frozen=True, kw_only=True)
class OfficeChanged(Event):
    """Settings of an office were changed. fields: which ones. About the office."""

    name: ClassVar[str] = "accounts.office_changed"
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DeviceAdded(Event):
    """A member of staff has signed in with a browser that is new to them. About the person."""

    name: ClassVar[str] = "accounts.device_added"
    device: str


@dataclass(frozen=True, kw_only=True)
class Invited(Event):
    """Somebody was invited to a role. About the invitation."""

    name: ClassVar[str] = "accounts.invited"
    invitation: str
    office: str
    role: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class InvitationWithdrawn(Event):
    """An invitation no longer holds. About the invitation."""

    name: ClassVar[str] = "accounts.invitation_withdrawn"
    office: str
    role: str


@dataclass(frozen=True, kw_only=True)
class InvitationAccepted(Event):
    """The invited person has accepted. About the invitation."""

    name: ClassVar[str] = "accounts.invitation_accepted"
    appointment: str
    person: str


@dataclass(frozen=True, kw_only=True)
class Appointed(Event):
    """A person holds a role at an office from now on. About the appointment."""

    name: ClassVar[str] = "accounts.appointed"
    person: str
    office: str
    role: str


@dataclass(frozen=True, kw_only=True)
class StandInNamed(Event):
    """Somebody acts with the holder's role for a while. About the appointment."""

    name: ClassVar[str] = "accounts.stand_in_named"
    stand_in: str
    person: str
    office: str
    role: str


@dataclass(frozen=True, kw_only=True)
class StandInEnded(Event):
    """The holder is back. About the appointment."""

    name: ClassVar[str] = "accounts.stand_in_ended"
    stand_in: str
    person: str
    office: str
    role: str


@dataclass(frozen=True, kw_only=True)
class AppointmentEnded(Event):
    """The person no longer holds the role. About the appointment.

    successor: the person who took over, or "". The office keeps its open cases either way.
    """

    name: ClassVar[str] = "accounts.appointment_ended"
    person: str
    office: str
    role: str
    successor: str


@dataclass(frozen=True, kw_only=True)
class DataExported(Event):
    """The person took along what is held about them. About the person."""

    name: ClassVar[str] = "accounts.data_exported"


@dataclass(frozen=True, kw_only=True)
class AccountErased(Event):
    """The person's account was erased; the id no longer leads to anybody. About the person."""

    name: ClassVar[str] = "accounts.account_erased"
