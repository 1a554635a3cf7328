"""Switching the keys on or off: WCAG 2.1.4 wants that of shortcuts of one character. Not an event."""

from uuid import UUID

from wagtail.users.models import UserProfile

from portal.answers.permissions import P
from portal.kernel.actors import Actor
from portal.kernel.permissions import demand


def switch_shortcuts(*, on: bool, by: Actor) -> None:
    """Set the preference that Wagtail's own shortcuts heed as well."""
    demand(by, P.SEE_DESK)
    UserProfile.objects.update_or_create(user_id=UUID(by.id), defaults={"keyboard_shortcuts": on})
