"""What must be seen on every page: apps register who knows of it; `portal.ui` never learns their names."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import Error

from portal.ui.keeping import kept

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Banner:
    """One line at the top of every page. text: as the operator wrote it, in Chinese."""

    text: str
    href: str


_providers: dict[str, Callable[[], list[Banner]]] = {}


def register(name: str, provider: Callable[[], list[Banner]]) -> None:
    """Ask `provider` for banners on every page: it must be cheap."""
    _providers[name] = provider


def banners() -> list[Banner]:
    """Return what must be seen now; none when the database is away, for pages that say so must still be shown."""
    try:
        return kept("banners", lambda: [banner for provider in _providers.values() for banner in provider()])
    except Error:
        logger.warning("banners_unavailable")
        return []
