"""What has been looked for in the last days: what editors read, and what is suggested to everybody.

Only words that enough people have looked for (`search.models.QueryText.known`); one query each.
"""

from datetime import date, timedelta
from enum import Enum
from typing import Any

from django.db.models import Q, QuerySet, Sum

from search.models import QueryText


class Shown(Enum):
    """Which words are listed, by what counts for them."""

    POPULAR = "searches"
    IN_VAIN = "in_vain"
    LOOSELY = "loosely"


def looked_for(shown: Shown, today: date, days: int) -> QuerySet[Any, dict[str, Any]]:
    """Return the words with their counts of the last `days` days, today included, most first.

    Each is {words, language, searches, in_vain, loosely, before}; before: what counts, in as many days before those.
    """
    since = today - timedelta(days=days - 1)
    recent, before = Q(counts__day__gte=since), Q(counts__day__lt=since)
    counts = {one.value: _sum(one, recent) for one in Shown}
    rows: QuerySet[Any, Any] = QueryText.known().filter(counts__day__range=(since - timedelta(days=days), today))
    rows = rows.values("words", "language").annotate(**counts, before=_sum(shown, before))
    return rows.filter(**{f"{shown.value}__gt": 0}).order_by(f"-{shown.value}", "words", "language")


def totals(today: date, days: int) -> dict[str, int]:
    """Return {searches, in_vain} of all those words in the last `days` days."""
    recent = Q(counts__day__range=(today - timedelta(days=days - 1), today))
    return QueryText.known().aggregate(
        searches=_sum(Shown.POPULAR, recent),
        in_vain=_sum(Shown.IN_VAIN, recent),
    )


def _sum(shown: Shown, which: Q) -> Sum:
    return Sum(f"counts__{shown.value}", filter=which, default=0)
