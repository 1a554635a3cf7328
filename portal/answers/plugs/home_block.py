"""The home page's blocks: one's own open questions, the latest answers with how long they took, the promise in figures."""

from typing import Any, cast

from django.core.cache import cache
from django.http import HttpRequest

from portal.accounts.requests import Request
from portal.answers.figures import shown
from portal.answers.labels import ASKER_STATE
from portal.answers.presenting import cards, shown_clocks
from portal.answers.queries.performance import performance
from portal.answers.queries.public import PublicFilter, listed
from portal.answers.queries.tracking import mine
from portal.answers.states import OPEN
from portal.kernel import clock as clocks
from portal.kernel.workdays import local_date
from portal.ui import home_blocks
from portal.workdays.queries import calendar

SHOWN = 5
OWN_SHOWN = 3
KEPT_FOR = 600  # seconds


def own_matters(request: HttpRequest) -> dict[str, Any] | None:
    """Return the newest open questions of whoever has signed in, with their clocks; no block without any."""
    found = list(mine(cast(Request, request).actor).filter(state__in=sorted(OPEN))[:OWN_SHOWN])
    if not found:
        return None
    now, days = clocks.installed().now(), calendar()
    return {
        "rows": [
            {"question": question, "state": ASKER_STATE[question.state], "clocks": shown_clocks(question, now, days)}
            for question in found
        ]
    }


def promise_in_figures(request: HttpRequest) -> dict[str, Any] | None:
    """Return the last twelve months' headline; no block before there is anything to count.

    Kept for ten minutes: the home page is asked for far more often than a verdict is written. Two
    blocks of a page show it: looked up once for both.
    """
    if not hasattr(request, "promise_in_figures"):
        request.promise_in_figures = cache.get_or_set("answers.promise_in_figures", _headline, KEPT_FOR) or None  # type: ignore[attr-defined]
    figures: dict[str, Any] | None = request.promise_in_figures  # type: ignore[attr-defined]
    return figures


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
    """Return the latest published answers, and how long half of the last twelve months' took at most."""
    figures = promise_in_figures(request) or {}
    return {
        "cards": cards(listed(PublicFilter())[:SHOWN], clocks.installed().now()),
        "median": figures.get("median", ""),
    }


home_blocks.register("answers.mine", "portal/answers/public/mine_block.html", own_matters, order=20, personal=True)
home_blocks.register("answers.promise", "portal/answers/public/promise_block.html", promise_in_figures, order=70)
home_blocks.register("answers.latest", "portal/answers/public/home_block.html", latest_answers, order=40)
