"""What many look for and find, suggested after the titles while somebody types.

Taken once a day from what is counted (`search.counting`), so that a look-up is one range of an index, and so that
nobody sees within the hour what others look for.
"""

from collections.abc import Iterable

from django.core.cache import caches
from django.db import transaction
from django.db.models import F

from portal.kernel.clock import Clock
from portal.kernel.workdays import local_date
from search.blocked import blocked
from search.completion import ENOUGH, began, keys
from search.countable import holds, written
from search.looked_for import Shown, looked_for
from search.models import PopularQuery

DAYS = 30  # that are looked at
MOST_POPULAR = 500  # queries of all languages: behind those come few
MOST_SUGGESTED = 3  # beside titles, which lead straight there
SELDOM = 10  # in vain one time in so many, at most
TWO_DAYS = 2 * 24 * 3600  # seconds


def renew(clock: Clock) -> int:
    """Take what is popular anew, once a day; return how many queries that are."""
    today = local_date(clock.now())
    done = f"search:popular:{today}"
    if caches["default"].get(done):
        return 0
    unwanted = blocked()
    found = looked_for(Shown.POPULAR, today, DAYS).filter(in_vain__lte=F("searches") / SELDOM)[:MOST_POPULAR]
    rows = [row for row in found if not holds(row["words"], unwanted)]
    with transaction.atomic():
        PopularQuery.objects.all().delete()
        PopularQuery.objects.bulk_create(
            [
                PopularQuery(key=key, language=row["language"], words=row["words"], searches=row["searches"])
                for row in rows
                for key in keys(row["words"])
            ],
            batch_size=1000,
        )
    caches["default"].set(done, True, TWO_DAYS)
    return len(rows)


def popular(typed: str, language: str, besides: Iterable[str]) -> list[str]:
    """Return what many look for that begins as was typed, the most frequent first. One query.

    besides: titles that are suggested already; what is called so, or was typed already, is left out.
    """
    begin = began(typed)
    if not begin:
        return []
    known = {written(one) for one in (typed, *besides)}
    rows = PopularQuery.objects.filter(language=language, key__gte=begin, key__lt=begin + "g")
    words = rows.order_by("-searches", "words", "key").values_list("words", flat=True)[:ENOUGH]
    return [one for one in dict.fromkeys(words) if one not in known][:MOST_SUGGESTED]
