"""How a change of the site's identity reads in the log."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter

from portal.pages.models import SiteIdentity


class IdentityChange(LogFormatter):
    """Names each field that was changed, with what stood there and what stands there now."""

    label = gettext_lazy("修改网站标识和页脚")  # type: ignore[assignment]

    def format_message(self, log_entry: Any) -> str:
        """Return a sentence per field."""
        return "；".join(_sentence(*change) for change in log_entry.data.get("changes", []))


def _sentence(name: str, old: Any, new: Any) -> str:
    field = SiteIdentity.label(name)
    if not isinstance(old, str) or not isinstance(new, str):
        return _("%(field)s：已更改") % {"field": field}
    blank = _("（空）")
    return _("%(field)s：%(old)s → %(new)s") % {"field": field, "old": old or blank, "new": new or blank}
