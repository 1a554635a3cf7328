"""App configuration."""

from django.apps import AppConfig


class WorkdaysConfig(AppConfig):
    """The working calendar."""

    name = "portal.workdays"
    label = "portal_workdays"
    verbose_name = "工作日历"

    def ready(self) -> None:
        """Register who may change the calendar, and the watch for a year that is missing."""
        from portal.workdays import permissions, ticks  # noqa: F401 — they register on import
