"""The home page's block of notices that are open, with the days left, and of the newest news."""

from typing import Any

from django.http import HttpRequest

from portal.kernel import clock as clocks
from portal.pages.conditions import phase_is
from portal.pages.listing import listed
from portal.pages.models import NewsPage, NoticePage
from portal.pages.presenting.articles import rows
from portal.pages.rules.periods import Phase
from portal.ui import home_blocks

NOTICES, NEWS = 4, 5


def public_information(request: HttpRequest) -> dict[str, Any] | None:
    """Return what is open now, nearest end first, and the newest news; no block where there is neither."""
    is_running = phase_is(Phase.RUNNING, clocks.installed().now())
    notices = listed(NoticePage).filter(is_running).select_related("office").order_by("ends_at", "pk")
    news = listed(NewsPage).order_by("-date", "-pk")
    shown = {"notices": rows(notices[:NOTICES], request), "news": rows(news[:NEWS], request)}
    return shown if any(shown.values()) else None


home_blocks.register("pages.information", "portal/pages/articles/home_block.html", public_information, order=60)
