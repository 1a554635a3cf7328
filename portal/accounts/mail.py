"""What stands on every message of this app: the name of the site that sends it."""

from django.utils.translation import get_language

from portal.kernel.identity import installed


def site_name() -> str:
    """Return the site's name in the present language; the Chinese one where there is no English."""
    return installed().current().localized("name", get_language() or "")


def subject(text: str) -> str:
    """Return a subject line that says who writes."""
    return f"[{site_name()}] {text}" if get_language() == "en" else f"【{site_name()}】{text}"
