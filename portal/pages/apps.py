"""App configuration."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Pages that editors write."""

    name = "portal.pages"
    label = "portal_pages"
    verbose_name = "页面"

    def ready(self) -> None:
        """Put the pages that every site has into the footer; say what the clock does and what editors are told."""
        from portal.pages import menu, notices, ticks  # noqa: F401 — register on import
