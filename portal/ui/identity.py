"""Who runs this site, for pages: the present identity, its names in the present language."""

from django.conf import settings
from django.utils.translation import get_language

from portal.kernel.identity import Identity, installed


def identity() -> Identity:
    """Return the site's identity as it is now."""
    return installed().current()


def localized(key: str) -> str:
    """Return a name in the present language; in Chinese where there is no English."""
    return identity().localized(key, get_language() or "")


def from_environment() -> Identity:
    """Return what the settings' SITE_IDENTITY says. Raises TypeError for a key that is not known."""
    return Identity(**settings.SITE_IDENTITY)
