"""App configuration: the place where the process gets its clock and its keys."""

from django.apps import AppConfig
from django.conf import settings
from django.utils.module_loading import autodiscover_modules, import_string

from portal.kernel import clock, vault


class PortalConfig(AppConfig):
    """Installs what the kernel leaves open."""

    name = "portal.config"
    label = "portal_config"

    def ready(self) -> None:
        """Install the clock and the vault that the settings name; let the lower rooms into menus, notices, banners and the self-check.

        Every app says in its `data_classes` what its fields hold; logs and exports ask.
        """
        from portal.config import calendar_alarm, inspection, menu, notices  # noqa: F401 — they register on import

        autodiscover_modules("data_classes")

        clock.install(import_string(settings.CLOCK)())
        if settings.DATA_KEYS:
            vault.install(vault.Vault(settings.DATA_KEYS, settings.INDEX_KEY))
