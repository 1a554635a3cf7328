"""The rota: who answers for an office's 24 hours on which day."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from portal.accounts.models import Office, User
from portal.accounts.queries import colleagues
from portal.answers.events import RotaChanged
from portal.answers.models import Duty
from portal.answers.permissions import P
from portal.answers.reasons import NOT_A_COLLEAGUE
from portal.journal.publishing import publish
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.permissions import NotAllowed, demand

LONGEST = 31  # days at once


def put_on_duty(office_id: UUID, *, person_id: UUID, first: date, last: date, by: Actor, clock: Clock) -> list[Duty]:
    """Put a colleague on duty from `first` to `last`, both included; days that are theirs already stay. Raises NotAllowed."""
    with transaction.atomic():
        office = Office.objects.select_for_update().get(pk=office_id)
        now = clock.now()
        demand(by, P.SET_ROTA, office)
        person = colleagues(office).filter(pk=person_id).first()
        if person is None:
            raise NotAllowed(NOT_A_COLLEAGUE)
        days = [first + timedelta(days=n) for n in range(min((last - first).days + 1, LONGEST))]
        taken = set(Duty.objects.filter(office=office, person=person, day__in=days).values_list("day", flat=True))
        made = Duty.objects.bulk_create(
            [Duty(office=office, day=day, person=person) for day in days if day not in taken]
        )
        _tell(office, person, days, by, now)
    return made


def take_off_duty(duty_id: int, *, by: Actor, clock: Clock) -> None:
    """Take one day off the rota. Raises NotAllowed, Duty.DoesNotExist."""
    with transaction.atomic():
        duty = Duty.objects.select_related("office", "person").select_for_update(of=("self",)).get(pk=duty_id)
        now = clock.now()
        demand(by, P.SET_ROTA, duty.office)
        duty.delete()
        _tell(duty.office, duty.person, [duty.day], by, now)


def _tell(office: Office, person: User, days: list[date], by: Actor, now: datetime) -> None:
    publish(
        RotaChanged(person=str(person.pk), first=days[0], last=days[-1]),
        about=f"portal.answers.rota:{office.pk}",
        by=by,
        at=now,
    )
