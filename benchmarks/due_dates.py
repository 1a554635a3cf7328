"""What one due date costs: our bisection beside a loop over chinesecalendar and beside holidays.

    python benchmarks/due_dates.py

The three run interleaved over the same instants and must agree; what counts is the ratio within
one run. Needs no database: the calendar is built from the files a new installation is seeded with.
"""

import random
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import chinese_calendar
import holidays

from portal.kernel.workdays import ONE_DAY, local_date, start_of, working_days_due
from tests.factories.workdays import official_calendar

DAYS = 7
INSTANTS = 400
ROUNDS = 7
FIRST = datetime(2004, 1, 1, tzinfo=UTC)
# The packages know no make-up day after 2026, so no instant here needs 2027.
LAST = datetime(2026, 12, 22, 15, 59, tzinfo=UTC)

calendar = official_calendar()
china = holidays.country_holidays("CN", years=range(2004, 2028))


def with_bisection(submitted_at: datetime) -> datetime:
    """Ask as the product does."""
    return working_days_due(submitted_at, calendar, days=DAYS).instant


def with_chinesecalendar(submitted_at: datetime) -> datetime:
    """Walk on day by day and ask the package about each."""
    day, counted = local_date(submitted_at), 0
    while counted < DAYS:
        day += ONE_DAY
        counted += chinese_calendar.is_workday(day)
    return start_of(day + ONE_DAY)


def with_holidays(submitted_at: datetime) -> datetime:
    """Ask the package for the n-th working day."""
    last: date = china.get_nth_working_day(local_date(submitted_at), DAYS)
    return start_of(last + ONE_DAY)


WAYS: dict[str, Callable[[datetime], datetime]] = {
    "bisection (ours)": with_bisection,
    "holidays": with_holidays,
    "chinesecalendar loop": with_chinesecalendar,
}


def microseconds(way: Callable[[datetime], datetime], instants: list[datetime], repeats: int) -> float:
    """Return the time of one due date in one pass."""
    start = perf_counter()
    for _ in range(repeats):
        for instant in instants:
            way(instant)
    return (perf_counter() - start) / (repeats * len(instants)) * 1e6


def main() -> None:
    """Check that the ways agree, then print the best pass of each and the ratio to ours."""
    chance = random.Random(2026)
    seconds = int((LAST - FIRST).total_seconds())
    instants = [FIRST + timedelta(seconds=chance.randrange(seconds)) for _ in range(INSTANTS)]
    for instant in instants:
        assert len({way(instant) for way in WAYS.values()}) == 1, instant
    # Ours is so short that one pass would measure the loop around it.
    repeats = {"bisection (ours)": 20}
    best = {name: float("inf") for name in WAYS}
    for _ in range(ROUNDS):
        for name, way in WAYS.items():
            best[name] = min(best[name], microseconds(way, instants, repeats.get(name, 1)))
    ours = best["bisection (ours)"]
    for name, cost in best.items():
        print(f"{name:22} {cost:9.2f} µs   {cost / ours:7.1f} x")


if __name__ == "__main__":
    main()
