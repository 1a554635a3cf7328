"""Who is on duty, and which rotas one may set."""

from datetime import date
from uuid import UUID

from portal.accounts.models import Office, User
from portal.answers.models import Duty
from portal.answers.permissions import P
from portal.kernel.actors import Actor
from portal.kernel.permissions import can


def on_duty(office_id: UUID, day: date) -> list[User]:
    """Return who answers for the office on this day; nobody where no rota was made."""
    duties = Duty.objects.filter(office_id=office_id, day=day, person__is_active=True)
    return [duty.person for duty in duties.select_related("person")]


def rota_offices(actor: Actor) -> list[Office]:
    """Return the offices whose rota `actor` may set, parents first."""
    offices = Office.objects.filter(is_active=True).order_by("path")
    return [office for office in offices if can(actor, P.SET_ROTA, office)]


def rota(office: Office, first: date, last: date) -> list[Duty]:
    """Return the duties of an office in a period, by day."""
    return list(Duty.objects.filter(office=office, day__range=(first, last)).select_related("person"))
