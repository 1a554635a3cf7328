"""The home page's block of life events."""

from typing import Any

from django.http import HttpRequest

from portal.pages.listing import listed
from portal.pages.models import LifeEventPage
from portal.ui import home_blocks

SHOWN = 6


def life_events(request: HttpRequest) -> dict[str, Any] | None:
    """Return the first life events in the editors' order; no block before there are any."""
    events = list(listed(LifeEventPage).order_by("path")[:SHOWN])
    return {"events": events} if events else None


home_blocks.register("pages.life_events", "portal/pages/life_events/home_block.html", life_events, order=30)
