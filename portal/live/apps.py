"""App configuration."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """The hub of live topics."""

    name = "portal.live"
    label = "portal_live"
    verbose_name = "实时更新"
