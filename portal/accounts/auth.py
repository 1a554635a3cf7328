"""Who may enter the Wagtail admin: whoever acts for an office, decided at each request.

Nothing is copied into Django's permission tables except one group membership for editors,
because Wagtail asks its own tables about pages (see `actions.editors`).
"""

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from portal.accounts.models import User
from portal.accounts.queries import acts_for_an_office

STAFF_PERMISSIONS = frozenset({"wagtailadmin.access_admin"})


class GrantBackend(BaseBackend):
    """Derives Django permissions from appointments; signs nobody in."""

    def get_user_permissions(self, user_obj: AbstractBaseUser | AnonymousUser, obj: Model | None = None) -> set[str]:
        """Return the Django permissions that follow from the roles held now."""
        if not isinstance(user_obj, User) or not user_obj.is_active or obj is not None:
            return set()
        return set(STAFF_PERMISSIONS) if acts_for_an_office(user_obj) else set()
