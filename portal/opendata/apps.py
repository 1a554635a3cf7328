"""App configuration."""

from django.apps import AppConfig


class OpenDataConfig(AppConfig):
    """Published data to take along."""

    name = "portal.opendata"
    label = "portal_opendata"
    verbose_name = "开放数据"

    def ready(self) -> None:
        """Put the page into the footer."""
        from portal.opendata import menu  # noqa: F401 — registers on import
