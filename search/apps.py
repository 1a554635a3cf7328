"""The search: one index over what apps register."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Knows no other app of the portal but those below it. It stands behind all of them in the settings."""

    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear what changes, let the worker index it, and the clock forget what was looked for."""
        from search import handlers, jobs, ticks  # noqa: F401 — register on import

        handlers.listen()
