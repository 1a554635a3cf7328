"""A migrated database for one benchmark run, and the plainest way to count and time."""

import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.config.settings.test")

import django

django.setup()
logging.disable(logging.INFO)  # a line per request would bury the figures

from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402


@contextmanager
def database() -> Iterator[None]:
    """Create and migrate a database of its own (SQLite, or what DATABASE_URL names); drop it after."""
    setup_test_environment()
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def statements(act: Callable[[], object]) -> int:
    """Return how many SQL statements `act` runs, savepoints and transaction borders left out."""
    with CaptureQueriesContext(connection) as captured:
        act()
    borders = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
    return sum(not query["sql"].upper().startswith(borders) for query in captured.captured_queries)


def cpu_ms(act: Callable[[], object], times: int) -> float:
    """Return the median CPU time of one call, in milliseconds."""
    spent = []
    for _ in range(times):
        begin = time.process_time()
        act()
        spent.append((time.process_time() - begin) * 1000)
    return median(spent)


def wall_ms(act: Callable[[], object], times: int) -> tuple[float, float]:
    """Return median and 95th percentile of the wall time of one call, in milliseconds."""
    spent = []
    for _ in range(times):
        begin = time.perf_counter()
        act()
        spent.append((time.perf_counter() - begin) * 1000)
    spent.sort()
    return median(spent), spent[int(len(spent) * 0.95) - 1]
