"""App configuration."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Pages that editors write."""

    name = "portal.pages"
    label = "portal_pages"
    verbose_name = "页面"

    def ready(self) -> None:
        """Put the pages that every site has into the footer."""
        from portal.pages import menu  # noqa: F401 — registers on import
