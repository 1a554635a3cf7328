"""What people have looked for, for tests."""

from datetime import date

from search.countable import PEOPLE, week_of
from search.counting import Outcome
from search.models import QueryCount, QueryText

TODAY = date(2026, 3, 2)  # where the tests' clock stands
FEW = PEOPLE - 1  # one too few to be shown anything of


def searched(
    words: str,
    *,
    times: int = 10,
    day: date = TODAY,
    outcome: Outcome = Outcome.FOUND,
    language: str = "zh-Hans",
) -> None:
    """Let somebody else each time look for something on one day."""
    query, _is_new = QueryText.objects.get_or_create(week=week_of(day), language=language, words=words)
    query.people = min(query.people + times, PEOPLE)
    query.cells = 1
    query.save()
    counts = {"searches": times} | ({} if outcome is Outcome.FOUND else {outcome.value: times})
    QueryCount.objects.create(query=query, day=day, **counts)
