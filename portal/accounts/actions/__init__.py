"""Everything that changes people and offices."""

from portal.accounts.actions.appointments import appoint, end_appointment, end_stand_in, name_stand_in
from portal.accounts.actions.invitations import accept_invitation, invite, withdraw_invitation
from portal.accounts.actions.offices import change_office_settings, create_office
from portal.accounts.actions.people import change_profile, register_person

__all__ = [
    "accept_invitation",
    "appoint",
    "change_office_settings",
    "change_profile",
    "create_office",
    "end_appointment",
    "end_stand_in",
    "invite",
    "name_stand_in",
    "register_person",
    "withdraw_invitation",
]
