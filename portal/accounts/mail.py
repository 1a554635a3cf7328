"""What stands on every message of this app: the name of the site that sends it."""

from django.conf import settings
from django.utils.translation import get_language


def site_name() -> str:
    """Return the site's name in the present language; the Chinese one where there is no English."""
    names: dict[str, str] = settings.SITE_IDENTITY
    return (names.get("name_en", "") if get_language() == "en" else "") or names["name"]


def subject(text: str) -> str:
    """Return a subject line that says who writes."""
    return f"[{site_name()}] {text}" if get_language() == "en" else f"【{site_name()}】{text}"
