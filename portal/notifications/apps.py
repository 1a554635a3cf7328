"""App configuration: the place where the process gets its way out for SMS."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Inbox, e-mail and SMS."""

    name = "portal.notifications"
    label = "portal_notifications"
    verbose_name = "通知"

    def ready(self) -> None:
        """Install the SMS sender that the settings name, and plug the app into the storeys below."""
        from portal.kernel import sms
        from portal.notifications import (  # noqa: F401 — they register on import
            account_line,
            checks,
            jobs,
            keeping,
            people,
            permissions,
            security,
        )
        from portal.notifications.sms.sender import sender

        sms.install(sender())
