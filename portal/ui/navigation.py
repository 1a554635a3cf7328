"""What stands in the menus. Apps register their entries when they start; `portal.ui` never learns their names.

Places: ``main`` (under the header), ``account`` (for whoever has signed in), ``footer``, ``elder`` (the
home page's big entries in elder mode: five in all), ``demo`` (in the demo's banner).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

PLACES = ("main", "account", "footer", "elder", "demo")


@dataclass(frozen=True)
class Entry:
    """One link of a menu. shown: asked for each request, must not query. icon: id of an icon, where the place shows any."""

    label: Any
    url_name: str
    order: int
    shown: Callable[[HttpRequest], bool] | None = None
    icon: str = ""


@dataclass(frozen=True)
class MenuLink:
    """An entry as one page shows it."""

    label: Any
    href: str
    is_current: bool
    icon: str = ""


_entries: dict[str, dict[str, Entry]] = {place: {} for place in PLACES}


def register(
    label: Any,
    url_name: str,
    order: int,
    *,
    place: str = "main",
    shown: Callable[[HttpRequest], bool] | None = None,
    icon: str = "",
) -> None:
    """Add a link to a menu. label: lazily translated; order: smaller comes first."""
    _entries[place][url_name] = Entry(label, url_name, order, shown, icon)


def entries() -> list[Entry]:
    """Return every registered entry, for the system check that their addresses exist."""
    return [entry for place in PLACES for entry in _entries[place].values()]


def links(request: HttpRequest, place: str) -> list[MenuLink]:
    """Return the links of a menu in order, in the present language."""
    chosen = sorted(_entries[place].values(), key=lambda entry: entry.order)
    home = home_address()
    return [_link(entry, request.path, home) for entry in chosen if entry.shown is None or entry.shown(request)]


def _link(entry: Entry, path: str, home: str) -> MenuLink:
    href = reverse(entry.url_name)
    # Every address lies below the home page: it is current only when it is the page itself.
    is_current = path == href if href == home else path.startswith(href)
    return MenuLink(entry.label, href, is_current, entry.icon)


def home_address() -> str:
    """Return the address of the home page in the present language."""
    return reverse("wagtail_serve", args=[""])
