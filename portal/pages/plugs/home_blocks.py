"""The pages' blocks of the home page: life events, what is open for taking part, and the newest news."""

from typing import Any

from django.http import HttpRequest

from portal.kernel import clock as clocks
from portal.pages.conditions import phase_is
from portal.pages.listing import listed, telling_originals
from portal.pages.models import LifeEventPage, NewsPage, NoticePage
from portal.pages.presenting.articles import rows
from portal.pages.rules.periods import Phase
from portal.ui import home_blocks

LIFE_EVENTS = 6
NOTICES, NEWS = 4, 5


def life_events(request: HttpRequest) -> dict[str, Any] | None:
    """Return the first life events in the editors' order; no block before there are any."""
    events = list(listed(LifeEventPage).order_by("path")[:LIFE_EVENTS])
    return {"events": events} if events else None


def public_information(request: HttpRequest) -> dict[str, Any] | None:
    """Return what is open now, nearest end first, and the newest news; no block where there is neither."""
    is_running = phase_is(Phase.RUNNING, clocks.installed().now())
    notices = (
        telling_originals(listed(NoticePage)).filter(is_running).select_related("office").order_by("ends_at", "pk")
    )
    news = telling_originals(listed(NewsPage)).order_by("-date", "-pk")
    shown = {"notices": rows(notices[:NOTICES], request), "news": rows(news[:NEWS], request)}
    return shown if any(shown.values()) else None


home_blocks.register("pages.life_events", "portal/pages/life_events/home_block.html", life_events, order=30)
home_blocks.register("pages.information", "portal/pages/articles/home_block.html", public_information, order=60)
