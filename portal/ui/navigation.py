"""What stands in the menus. Apps register their entries when they start; `portal.ui` never learns their names.

Places: ``main`` (under the header), ``account`` (for whoever has signed in), ``footer``, ``elder`` (the
home page's big entries in elder mode: five in all), ``demo`` (in the demo's banner).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from portal.ui.keeping import kept

PLACES = ("main", "account", "footer", "elder", "demo")


@dataclass(frozen=True)
class Entry:
    """One link of a menu. shown: asked for each request, must not query. icon: id of an icon, where the place shows any;
    duty: which duty of a government site the pages below serve (`portal.ui.columns`), empty for none.
    """

    label: Any
    url_name: str
    order: int
    shown: Callable[[HttpRequest], bool] | None = None
    icon: str = ""
    duty: Any = ""


@dataclass(frozen=True)
class MenuLink:
    """An entry as one page shows it."""

    label: Any
    href: str
    is_current: bool
    icon: str = ""
    duty: Any = ""


_entries: dict[str, dict[str, Entry]] = {place: {} for place in PLACES}


def register(
    label: Any,
    url_name: str,
    order: int,
    *,
    place: str = "main",
    shown: Callable[[HttpRequest], bool] | None = None,
    icon: str = "",
    duty: Any = "",
) -> None:
    """Add a link to a menu. label: lazily translated; order: smaller comes first."""
    _entries[place][url_name] = Entry(label, url_name, order, shown, icon, duty)


def entries() -> list[Entry]:
    """Return every registered entry, for the system check that their addresses exist."""
    return [entry for place in PLACES for entry in _entries[place].values()]


def links(request: HttpRequest, place: str) -> list[MenuLink]:
    """Return the links of a menu in order, in the present language."""
    home = home_address()
    found = []
    for name, label, href in kept(f"menu:{place}", lambda: _written(place)):
        entry = _entries[place][name]
        if entry.shown is None or entry.shown(request):
            # Every address lies below the home page: it is current only when it is the page itself.
            is_current = request.path == href if href == home else request.path.startswith(href)
            found.append(MenuLink(label, href, is_current, entry.icon, entry.duty))
    return found


def _written(place: str) -> list[tuple[str, str, str]]:
    """Return name, label and address of each entry of a menu in order, in the present language."""
    in_order = sorted(_entries[place].values(), key=lambda entry: entry.order)
    return [(entry.url_name, str(entry.label), reverse(entry.url_name)) for entry in in_order]


def home_address() -> str:
    """Return the address of the home page in the present language."""
    return reverse("wagtail_serve", args=[""])
