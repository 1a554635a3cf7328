"""Wagtail's app of users with our screens in it."""

from wagtail.users.apps import WagtailUsersAppConfig


class WagtailUsersConfig(WagtailUsersAppConfig):
    """Installed in the place of ``wagtail.users``."""

    default = False
    user_viewset = "portal.accounts.views.people.PeopleViewSet"
