"""Who may do what with offices and appointments.

The tree gives the reach: an office's administrator manages it and every office below it.
"""

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from portal.accounts.roles import OVERSEERS, Role
from portal.kernel.actors import Actor, ActorKind
from portal.kernel.permissions import register, rule

if TYPE_CHECKING:
    from portal.accounts.models import Device, Office


class P(StrEnum):
    """Permissions of this app. The object is an office unless a comment says otherwise."""

    SEE_OFFICES = "accounts.see_offices"  # no object: may see the back office's tree at all
    SEE_OFFICE = "accounts.see_office"
    MANAGE_OFFICE = "accounts.manage_office"
    RESTRUCTURE_OFFICE = "accounts.restructure_office"
    CREATE_OFFICE = "accounts.create_office"  # the office above; None for the top of the tree
    INVITE = "accounts.invite"
    INVITE_AUDITOR = "accounts.invite_auditor"
    NAME_STAND_IN = "accounts.name_stand_in"
    END_APPOINTMENT = "accounts.end_appointment"
    APPOINT = "accounts.appoint"
    END_DEVICE = "accounts.end_device"  # the object is a device


@rule("accounts.not_an_overseer", _("只有单位管理员和监督员可以查看单位后台。"))
def oversees_something(actor: Actor, obj: object) -> bool:
    """The actor oversees some office."""
    return actor.is_administrator or actor.holds_anywhere(*OVERSEERS)


@rule("accounts.office_out_of_reach", _("该单位不在您的管理范围内。"))
def oversees(actor: Actor, office: "Office") -> bool:
    """The actor administers or audits the office or one above it."""
    return actor.is_administrator or any(actor.holds_above(role, office.path) for role in OVERSEERS)


@rule("accounts.not_office_admin", _("只有本单位或上级单位的单位管理员可以这样做。"))
def administers(actor: Actor, office: "Office | None") -> bool:
    """The actor administers the office or one above it; the top of the tree is the administrators'."""
    return actor.is_administrator or (office is not None and actor.holds_above(Role.OFFICE_ADMIN, office.path))


@rule("accounts.only_from_above", _("这须由上级单位的单位管理员办理，本单位不能自行决定。"))
def administers_from_above(actor: Actor, office: "Office") -> bool:
    """The actor administers an office above this one: no office decides about its own standing or auditor."""
    above = office.path[: -office.steplen]
    return actor.is_administrator or (bool(above) and actor.holds_above(Role.OFFICE_ADMIN, above))


@rule("accounts.appoint_by_invitation", _("任命须由本人接受邀请后生效。"))
def is_the_system(actor: Actor, obj: object) -> bool:
    """The actor is a process of ours, such as seeding or import."""
    return actor.kind is ActorKind.SYSTEM


@rule("accounts.not_your_device", _("这台设备不是您的。"))
def is_its_person(actor: Actor, device: "Device") -> bool:
    """The actor has signed in on it."""
    return actor.is_person and str(device.user_id) == actor.id


register(
    {
        P.SEE_OFFICES: oversees_something,
        P.SEE_OFFICE: oversees,
        P.MANAGE_OFFICE: is_the_system | administers,
        P.RESTRUCTURE_OFFICE: is_the_system | administers_from_above,
        P.CREATE_OFFICE: is_the_system | administers,
        P.INVITE: administers,
        P.INVITE_AUDITOR: administers_from_above,
        P.NAME_STAND_IN: is_the_system | administers,
        P.END_APPOINTMENT: is_the_system | administers,
        P.APPOINT: is_the_system,
        P.END_DEVICE: is_its_person,
    }
)
