"""App configuration."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People and offices."""

    name = "portal.accounts"
    label = "portal_accounts"
    verbose_name = "账户与机构"
