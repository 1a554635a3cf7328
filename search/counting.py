"""Counts what is looked for, so that editors see what is not found. Nothing tells who it was.

Counted is what reaches the server: whoever asks again within a minute is answered by the browser, and of several
who ask the same within a second the proxy lets one through. So the counts are a little low, never too high.
"""

import logging
import secrets
from datetime import date, timedelta
from enum import Enum
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, transaction
from django.db.models import F
from django.http import HttpRequest

from portal.accounts.addresses import client_address
from portal.kernel import clock as clocks
from portal.kernel.clock import Clock
from portal.kernel.workdays import local_date
from portal.ui.keeping import kept
from portal.ui.languages import html_code
from search.asking import Query
from search.blocked import blocked
from search.countable import PEOPLE, cell, countable, week_of
from search.models import QueryCount, QueryText

logger = logging.getLogger(__name__)

A_WEEK = timedelta(days=7)
# Different texts of a week. A town types a few thousand; whoever types at random shall not fill the disk.
MOST_TEXTS = 20_000


class Outcome(Enum):
    """What came of a search."""

    FOUND = "found"
    LOOSELY = "loosely"
    IN_VAIN = "in_vain"


def count_search(request: HttpRequest, query: Query, outcome: Outcome) -> None:
    """Count a search as it was first asked; that somebody reads on, narrows or sorts is no other one.

    When it cannot be counted the search goes on without.
    """
    if request.method != "GET" or not query.is_plain or query.page > 1:
        return
    try:
        text = countable(request.GET.get("q", ""), blocked())
        if text:
            count(text, html_code(), outcome, client_address(request), local_date(clocks.installed().now()))
    except DatabaseError as error:
        logger.warning("search_not_counted", extra={"error": type(error).__name__})


def count(text: str, language: str, outcome: Outcome, place: str, day: date) -> None:
    """Count a search for a text that is `countable`. place: the network it came from, which is not kept."""
    week = week_of(day)
    key = _key(week)
    with transaction.atomic():
        query = _text(week, language, text)
        if query is None:
            return
        if query.people < PEOPLE:
            bit = 1 << cell(key, place, text)
            unseen = QueryText.objects.annotate(seen=F("cells").bitand(bit)).filter(pk=query.pk, seen=0)
            unseen.update(cells=F("cells").bitor(bit), people=F("people") + 1)
        counts = QueryCount.objects.filter(query=query, day=day)
        more = {"searches": F("searches") + 1}
        if outcome is not Outcome.FOUND:
            more[outcome.value] = F(outcome.value) + 1
        if not counts.update(**more):
            QueryCount.objects.bulk_create([QueryCount(query=query, day=day)], ignore_conflicts=True)
            counts.update(**more)


def _text(week: date, language: str, text: str) -> QueryText | None:
    same: dict[str, Any] = {"week": week, "language": language, "words": text}
    found = QueryText.objects.filter(**same).first()
    if found is None and QueryText.objects.filter(week=week).count() < MOST_TEXTS:
        found, _is_new = QueryText.objects.get_or_create(**same)
    return found


def _key(week: date) -> bytes:
    """Return the week's key, the same in every process. It is thrown away when the week is over."""
    name = f"search:week:{week}"

    def make() -> bytes:
        lives = 2 * A_WEEK  # at most: `forget` deletes it
        drawn: bytes | None = caches["default"].get_or_set(name, lambda: secrets.token_bytes(16), lives.total_seconds())
        if drawn is None:
            raise DatabaseError("the key of the week could not be kept")
        return drawn

    return kept(name, make)


def forget(clock: Clock) -> int:
    """Delete what too few have looked for in a week that is over, what those who did fell into, and what is old.

    Returns how many texts went.
    """
    today = local_date(clock.now())
    over = QueryText.objects.filter(week__lt=week_of(today))
    rare = over.filter(people__lt=PEOPLE)
    old = over.filter(week__lt=today - timedelta(days=settings.SEARCH_COUNTS_KEPT_DAYS) - A_WEEK)
    gone = rare.count() + old.count()
    if gone:
        rare.delete()
        old.delete()
    if over.exclude(cells=0).update(cells=0) or gone:
        caches["default"].delete(f"search:week:{week_of(today) - A_WEEK}")
    return gone
