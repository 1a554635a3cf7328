"""The search: one index over what apps register."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Knows no other app of the portal but those below it."""

    name = "search"
    default_auto_field = "django.db.models.BigAutoField"
