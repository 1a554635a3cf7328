"""Tables of people and offices."""

from portal.accounts.models.appointments import Appointment, Invitation, Role
from portal.accounts.models.offices import Office
from portal.accounts.models.users import User

__all__ = ["Appointment", "Invitation", "Office", "Role", "User"]
