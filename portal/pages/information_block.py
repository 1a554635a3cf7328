"""The home page's block of notices that are open, with the days left, and of the newest news."""

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import get_language

from portal.kernel import clock as clocks
from portal.pages.conditions import phase_is
from portal.pages.listing import listed
from portal.pages.models import NewsPage, NoticePage
from portal.pages.presenting.articles import rows
from portal.pages.rules.periods import Phase
from portal.ui import home_blocks
from portal.ui.caching import A_MINUTE

NOTICES, NEWS = 4, 5


def public_information(request: HttpRequest) -> dict[str, Any] | None:
    """Return what is open now, nearest end first, and the newest news; no block where there is neither.

    Kept for a minute, as the page itself is: the home page is asked for far more often than anything is published.
    """
    shown: dict[str, Any] | None = cache.get_or_set(
        f"pages.information.{get_language()}", lambda: _newest(request), A_MINUTE
    )
    return shown if shown and any(shown.values()) else None


def _newest(request: HttpRequest) -> dict[str, Any]:
    is_running = phase_is(Phase.RUNNING, clocks.installed().now())
    notices = listed(NoticePage).filter(is_running).select_related("office").order_by("ends_at", "pk")
    news = listed(NewsPage).order_by("-date", "-pk")
    return {"notices": rows(notices[:NOTICES], request), "news": rows(news[:NEWS], request)}


home_blocks.register("pages.information", "portal/pages/articles/home_block.html", public_information, order=60)
