"""The home page's blocks: the promise in figures, and the latest answers with how long each of them took."""

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest

from portal.answers.figures import shown
from portal.answers.presenting import cards
from portal.answers.queries.performance import performance
from portal.answers.queries.public import PublicFilter, listed
from portal.kernel import clock as clocks
from portal.kernel.workdays import local_date
from portal.ui import home_blocks

SHOWN = 5
KEPT_FOR = 600  # seconds


def promise_in_figures(request: HttpRequest) -> dict[str, Any] | None:
    """Return the last twelve months' headline; no block before there is anything to count.

    Kept for ten minutes: the home page is asked for far more often than a verdict is written.
    """
    figures: dict[str, Any] | None = cache.get_or_set("answers.promise_in_figures", _headline, KEPT_FOR)
    return figures or None


def _headline() -> dict[str, Any]:
    together = performance(local_date(clocks.installed().now()), span=12).together
    if together.plain.percent is None:
        return {}
    return {
        "plain": shown(together.plain),
        "acceptance": shown(together.acceptance),
        "median": shown(together.median_days),
    }


def latest_answers(request: HttpRequest) -> dict[str, Any]:
    """Return the latest published answers."""
    return {"cards": cards(listed(PublicFilter())[:SHOWN], clocks.installed().now())}


home_blocks.register("answers.promise", "portal/answers/public/promise_block.html", promise_in_figures, order=70)
home_blocks.register("answers.latest", "portal/answers/public/home_block.html", latest_answers, order=40)
