"""App configuration."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Pages that editors write."""

    name = "portal.pages"
    label = "portal_pages"
    verbose_name = "页面"

    def ready(self) -> None:
        """Fill menus and home page; say what the clock does, what editors are told and what the pages hear of."""
        from portal.pages import home_block, menu, notices, profile_handlers, ticks  # noqa: F401 — register on import
