"""The home page's block: the latest answers and how long each of them took."""

from typing import Any

from django.http import HttpRequest

from portal.answers.presenting import cards
from portal.answers.queries.public import PublicFilter, listed
from portal.kernel import clock as clocks
from portal.ui import home_blocks

SHOWN = 5


def latest_answers(request: HttpRequest) -> dict[str, Any]:
    """Return the latest published answers."""
    return {"cards": cards(listed(PublicFilter())[:SHOWN], clocks.installed().now())}


home_blocks.register("answers.latest", "portal/answers/public/home_block.html", latest_answers, order=40)
