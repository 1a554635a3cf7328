"""Founding offices and changing their settings."""

from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from portal.accounts import leaving, reasons
from portal.accounts.actions.locks import lock_office
from portal.accounts.events import OfficeChanged, OfficeCreated
from portal.accounts.models import Appointment, Office
from portal.accounts.permissions import P
from portal.accounts.roles import Role
from portal.accounts.rules.tree import may_stand_below
from portal.journal.publishing import publish
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.permissions import NotAllowed, demand


class OfficeSettings(TypedDict, total=False):
    """What can be changed about an office. Code, level and place in the tree are for good."""

    name: str
    name_en: str
    phone: str
    address: str
    address_en: str
    hours: str
    hours_en: str
    remit: str
    remit_en: str
    answers_need_review: bool
    refusals_need_review: bool
    is_centre: bool
    takes_questions: bool
    is_active: bool
    fallback: Office | None


# What an office may not decide about itself: whether it exists, answers, or sorts everybody's questions.
STRUCTURE = frozenset({"is_centre", "takes_questions", "is_active", "fallback"})


def about(office: Office) -> str:
    """Return the reference of an office."""
    return f"portal.accounts.office:{office.pk}"


@transaction.atomic
def create_office(
    *, code: str, level: str, parent_id: UUID | None, by: Actor, clock: Clock, **settings: Unpack[OfficeSettings]
) -> Office:
    """Found an office below `parent_id`, or at the top of the tree. Raises NotAllowed."""
    parent = _lock_place(parent_id)
    now = clock.now()
    demand(by, P.CREATE_OFFICE, parent)
    if Office.objects.filter(code=code).exists():
        raise NotAllowed(reasons.CODE_TAKEN)
    if not may_stand_below(level, parent.level if parent else None):
        raise NotAllowed(reasons.WRONG_LEVEL)
    if level == Office.Level.COMMUNITY and settings.setdefault("takes_questions", False):
        raise NotAllowed(reasons.COMMUNITY_SPEAKS)
    office = Office(code=code, level=level, **settings)
    if parent is None:
        Office.add_root(instance=office)  # type: ignore[no-untyped-call]
    else:
        parent.add_child(instance=office)  # type: ignore[no-untyped-call]
    publish(OfficeCreated(code=code, level=level, parent=str(parent_id or "")), about=about(office), by=by, at=now)
    return office


@transaction.atomic
def change_office_settings(office_id: UUID, *, by: Actor, clock: Clock, **settings: Unpack[OfficeSettings]) -> Office:
    """Change what is given and differs; without a difference nothing is written. Raises NotAllowed."""
    office = lock_office(office_id)
    now = clock.now()
    demand(by, P.MANAGE_OFFICE, office)
    changed = {name: value for name, value in settings.items() if getattr(office, name) != value}
    if not changed:
        return office
    if STRUCTURE & changed.keys():
        demand(by, P.RESTRUCTURE_OFFICE, office)
    if changed.get("takes_questions") and office.level == Office.Level.COMMUNITY:
        raise NotAllowed(reasons.COMMUNITY_SPEAKS)
    if changed.get("is_active") is False:
        _refuse_while_in_use(office, *Role)
    if changed.get("is_centre") is False:
        _refuse_open_cases(office, Role.DISPATCHER)
    for name, value in changed.items():
        setattr(office, name, value)
    office.save(update_fields=list(changed))
    publish(OfficeChanged(fields=tuple(sorted(changed))), about=about(office), by=by, at=now)
    return office


def _lock_place(parent_id: UUID | None) -> Office | None:
    """Lock the parent, whose count of children gives the new path; at the top, all offices there."""
    if parent_id is not None:
        return lock_office(parent_id)
    list(Office.objects.select_for_update().filter(depth=1).values_list("pk"))
    return None


def _refuse_while_in_use(office: Office, *roles: Role) -> None:
    people = Appointment.objects.filter(office=office, ended_at=None).exists()
    below = Office.objects.filter(path__startswith=office.path, is_active=True).exclude(pk=office.pk)
    if people or below.exists():
        raise NotAllowed(reasons.STILL_IN_USE)
    _refuse_open_cases(office, *roles)


def _refuse_open_cases(office: Office, *roles: Role) -> None:
    if any(leaving.open_cases(office.pk, role) for role in roles):
        raise NotAllowed(reasons.STILL_IN_USE)
