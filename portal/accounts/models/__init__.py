"""Tables of people and offices."""

from portal.accounts.models.appointments import Appointment, Invitation
from portal.accounts.models.devices import Device
from portal.accounts.models.limits import LimitWindow
from portal.accounts.models.offices import Office
from portal.accounts.models.users import User
from portal.accounts.roles import Role

__all__ = ["Appointment", "Device", "Invitation", "LimitWindow", "Office", "Role", "User"]
