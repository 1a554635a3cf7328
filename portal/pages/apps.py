"""App configuration."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Pages that editors write."""

    name = "portal.pages"
    label = "portal_pages"
    verbose_name = "页面"

    def ready(self) -> None:
        """Fill menus, home page and open data; say what the clock does, what editors are told, what the pages hear of; check settings."""
        from portal.pages import (  # noqa: F401 — register on import
            checks,
            handlers,
            home_block,
            information_block,
            menu,
            notices,
            open_data,
            profile_handlers,
            ticks,
        )
        from portal.pages.queries import identity  # noqa: F401 — installs itself as what mails and pages ask
