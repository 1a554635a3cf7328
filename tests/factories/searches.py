"""What people have looked for, for tests."""

from datetime import date

from search.countable import PEOPLE
from search.counting import Outcome, count

TODAY = date(2026, 3, 2)  # where the tests' clock stands


def searched(
    words: str,
    *,
    times: int = 10,
    day: date = TODAY,
    outcome: Outcome = Outcome.FOUND,
    language: str = "zh-Hans",
) -> None:
    """Let many people look for something on one day."""
    for number in range(times):
        count(words, language, outcome, f"10.0.{number // 250}.{number % 250}", day)


def few() -> int:
    """Return how many are one too few to be shown anything of."""
    return PEOPLE - 1
