"""App configuration."""

from django.apps import AppConfig


class AnswersConfig(AppConfig):
    """The question desk."""

    name = "portal.answers"
    label = "portal_answers"
    verbose_name = "网上发言人"

    def ready(self) -> None:
        """Plug the desk into the storeys below, which do not know it."""
        from portal.answers import plugs  # noqa: F401 — registers on import
