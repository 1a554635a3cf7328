"""App configuration."""

from django.apps import AppConfig


class WorkdaysConfig(AppConfig):
    """The working calendar."""

    name = "portal.workdays"
    label = "portal_workdays"
    verbose_name = "工作日历"

    def ready(self) -> None:
        """Register who may load a notice."""
        from portal.workdays import permissions  # noqa: F401 — registers on import
