"""App configuration."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People and offices."""

    name = "portal.accounts"
    label = "portal_accounts"
    verbose_name = "账户与机构"

    def ready(self) -> None:
        """Plug the app into the storeys below, which do not know it."""
        from portal.accounts import handlers, permissions, signals, ticks  # noqa: F401 — they register on import

        signals.connect()
