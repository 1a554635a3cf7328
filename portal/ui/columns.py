"""The column that a page belongs to, as the meta tags of the norm name it (国办发〔2017〕47号, annex on page design).

A page that knows its column sets ``request.column``; otherwise it is the nearest entry of the menus.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.ui.navigation import MenuLink

# ColumnType: the four duties of a government site, by the same source.
PUBLISHING, EXPLAINING, SERVING, TALKING = _("信息发布"), _("解读回应"), _("办事服务"), _("互动交流")


@dataclass(frozen=True)
class Column:
    """kind: ColumnType, one of the duties of a government site; empty where it is none of them."""

    name: Any
    kind: Any = ""
    description: str = ""

    @property
    def keywords(self) -> str:
        """What the column is found by."""
        return ",".join(str(word) for word in (self.name, self.kind) if word)


def column_of(request: HttpRequest, links: Iterable[MenuLink]) -> Column | None:
    """Return the page's own column, or that of the menu's link which its address begins with; None for neither."""
    own: Column | None = getattr(request, "column", None)
    if own is not None:
        return own
    above = [link for link in links if link.is_current]
    if not above:
        return None
    nearest = max(above, key=lambda link: len(link.href))
    return Column(nearest.label, nearest.duty)
