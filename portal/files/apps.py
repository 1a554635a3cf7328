"""App configuration."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Private uploads."""

    name = "portal.files"
    label = "portal_files"
    verbose_name = "附件"

    def ready(self) -> None:
        """Plug the sweep into the clock process."""
        from portal.files import sweep  # noqa: F401 — registers on import
