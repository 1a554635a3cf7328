"""What must be seen on every page of the back office: apps register who knows of it; `portal.ui` never learns their names."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import Error
from django.http import HttpRequest

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class StaffBanner:
    """A warning that nobody can close: it goes when its cause does.

    href, action: where something can be done about it, and what; "" for those who can only know.
    is_urgent: it stands out from everything else on the page.
    """

    title: Any
    text: Any
    href: str = ""
    action: Any = ""
    is_urgent: bool = False


_providers: dict[str, Callable[[HttpRequest], list[StaffBanner]]] = {}


def register(name: str, provider: Callable[[HttpRequest], list[StaffBanner]]) -> None:
    """Ask `provider` for banners on every page of the back office: it must be cheap."""
    _providers[name] = provider


def banners(request: HttpRequest) -> list[StaffBanner]:
    """Return what this person must see now; nothing when the database is away."""
    try:
        return [banner for provider in _providers.values() for banner in provider(request)]
    except Error:
        logger.warning("staff_banners_unavailable")
        return []
