"""App configuration."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The journal of events."""

    name = "portal.journal"
    label = "portal_journal"
    verbose_name = "事件日志"
