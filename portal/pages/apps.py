"""App configuration."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Pages that editors write."""

    name = "portal.pages"
    label = "portal_pages"
    verbose_name = "页面"

    def ready(self) -> None:
        """Plug the pages into the storeys below, which do not know them; check the settings."""
        from portal.pages import checks, plugs  # noqa: F401 — register on import
        from portal.pages.queries import identity  # noqa: F401 — installs itself as what mails and pages ask
