"""The header of a page of the back office: its title, its icon, and the way to it.

The journal stands below and makes its own.
"""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


def staff_header(title: Any, icon: str, *above: tuple[str, Any], here: Any = "") -> dict[str, Any]:
    """Return the variables of Wagtail's header.

    above: address and name of the pages between the first page and this one. here: its name in the way, if not the title.
    """
    crumbs = [(reverse("wagtailadmin_home"), _("首页")), *above, ("", here or title)]
    return {
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [{"url": url, "label": label} for url, label in crumbs],
    }
