"""App configuration of the public face."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Base templates, components, display modes, error pages; no tables."""

    name = "portal.ui"
    label = "portal_ui"
    verbose_name = "界面"

    def ready(self) -> None:
        """Load what registers itself: presenters of components and system checks."""
        from portal.ui import checks, presenters  # noqa: F401
