"""Where to go on from the results, above all when there are none. Apps register what they offer."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class WayOn:
    """An address with its words. is_first: the one that is a button."""

    label: Any
    href: str
    is_first: bool = False


Ways = Callable[[HttpRequest, str], Iterable[WayOn]]

_ways: dict[str, Ways] = {}


def register(name: str, ways: Ways) -> None:
    """Offer ways on. ways: gets the request and what was looked for."""
    _ways[name] = ways


def ways_on(request: HttpRequest, text: str) -> list[WayOn]:
    """Return every way, the first ones first."""
    found = [way for ways in _ways.values() for way in ways(request, text)]
    return sorted(found, key=lambda way: not way.is_first)
