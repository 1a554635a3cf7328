"""Ending one's own sessions elsewhere. No event: it concerns nobody but the person."""

from uuid import UUID

from django.db import transaction

from portal.accounts import devices
from portal.accounts.models import Device
from portal.accounts.permissions import P
from portal.kernel.actors import Actor
from portal.kernel.permissions import demand


def end_device(device_id: UUID, *, by: Actor) -> None:
    """Sign out on one device. Raises Device.DoesNotExist, NotAllowed."""
    with transaction.atomic():
        device = Device.objects.select_for_update().get(pk=device_id)
        demand(by, P.END_DEVICE, device)
        devices.end(device)


def end_other_devices(*, here: UUID, by: Actor) -> int:
    """Sign out everywhere but `here`; return on how many devices somebody was still signed in."""
    with transaction.atomic():
        others = list(Device.objects.visible_to(by).exclude(pk=here).exclude(session_key="").select_for_update())
        devices.end(*others)
    return len(others)
