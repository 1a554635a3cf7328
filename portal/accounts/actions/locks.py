"""Rows that are locked while people and offices change: the office first, then what belongs to it."""

from uuid import UUID

from portal.accounts import reasons
from portal.accounts.models import Appointment, Office
from portal.kernel.permissions import NotAllowed


def lock_office(office_id: UUID) -> Office:
    """Lock the office's row: whoever changes who acts for an office does so one at a time."""
    office: Office = Office.objects.select_for_update().get(pk=office_id)
    return office


def lock_appointment(appointment_id: UUID) -> Appointment:
    """Lock an appointment and its office. Raises NotAllowed when the appointment has ended."""
    office_id = Appointment.objects.values_list("office_id", flat=True).get(pk=appointment_id)
    office = lock_office(office_id)
    appointment = Appointment.objects.select_for_update().get(pk=appointment_id)
    appointment.office = office
    if appointment.ended_at is not None:
        raise NotAllowed(reasons.APPOINTMENT_OVER)
    return appointment
