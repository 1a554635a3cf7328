"""What every test may rely on.

**Marks.** A test that asks for the database gets ``db`` by itself, one below ``tests/browser``
gets ``browser``, and what is left is ``unit``. ``once`` marks pages and permissions, which the
round on PostgreSQL leaves out. ``sqlite`` and ``postgresql`` mark the few tests
that mean something on one of them only; on the other they are not collected.

**Database.** It holds what the migrations seeded: languages, root page, calendar, journal head.
A plain ``db`` test is rolled back. A test that needs real commits (threads, a live server, a
second process) is marked ``@pytest.mark.django_db(transaction=True)`` and nothing more: after it
the database is restored from the template, seeds, triggers and all (see ``tests/database.py``).
Rebuild the template by hand with ``pytest --create-db``.

**Time.** ``clock`` stands at Monday 2026-03-02 10:00 (Shanghai), is the installed clock while the
test runs, also for a live server's threads, and is moved with ``clock.move(hours=24)``.

**Background.** ``background()`` does what worker and clock process would have done by now.
"""

import os
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from portal.kernel import clock as clocks
from tests.fakes.clock import HandClock

# A busy machine is no counterexample. HYPOTHESIS_PROFILE=nightly looks longer.
hypothesis_settings.register_profile("house", deadline=None, max_examples=60)
hypothesis_settings.register_profile("nightly", deadline=None, max_examples=2000)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))

# Pages and permissions: once is enough, for the queries and actions beneath have tests on both databases.
ONCE = ("_views.py", "_screens.py", "test_walk.py", "test_demo.py", "test_demo_reset.py", "portal/pages/", "portal/ui/")

REQUIRE_SERVICES = os.environ.get("REQUIRE_SERVICES") == "1"


# --- Which tests are which ------------------------------------------------------------------


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark tests by what they ask for, leave out the other database's, put browsers last."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if any(part in item.nodeid for part in ONCE):
            item.add_marker("once")
        if "tests/browser/" in item.nodeid:
            item.add_marker("browser")
        elif item.get_closest_marker("django_db") or {"db", "transactional_db", "live_server"} & set(fixtures):
            item.add_marker("db")
        elif not item.get_closest_marker("redis"):
            item.add_marker("unit")
    vendor = django_settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
    other = {"sqlite3": "postgresql", "postgresql": "sqlite"}[vendor]
    left_out = [item for item in items if item.get_closest_marker(other)]
    config.hook.pytest_deselected(items=left_out)
    # The browser's driver keeps an event loop in the main thread, in the way of asyncio.run().
    items[:] = sorted(
        (item for item in items if item not in left_out),
        key=lambda item: item.get_closest_marker("browser") is not None,
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """With REQUIRE_SERVICES=1 a skipped test is a failed test."""
    report = yield
    if REQUIRE_SERVICES and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but REQUIRE_SERVICES=1: {report.longrepr}"
    return report


# --- Database -------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker):
    """Give the session a database of its own, copied from the migrated template."""
    from tests import database

    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: database.restore())
        database.open_copy(anew=request.config.getvalue("create_db"))
        yield
        database.close_copy()


@pytest.fixture
def process_env(transactional_db) -> dict[str, str]:
    """The environment for a second process (``manage.py worker`` …) on this test's database."""
    from tests import database

    return os.environ | {
        "DATABASE_URL": database.address(),
        "DJANGO_SETTINGS_MODULE": "portal.config.settings.test",
    }


@pytest.fixture(scope="session")
def redis_url() -> str:
    """The address of a Redis of the tests' own."""
    if not django_settings.REDIS_URL:
        pytest.skip("no Redis: run make test, or set REDIS_URL")
    return django_settings.REDIS_URL


@pytest.fixture(autouse=True)
def source_language() -> Iterator[None]:
    """Every test begins in Chinese; a request in English leaves the thread in English."""
    with translation.override(django_settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def empty_memory() -> None:
    """No test finds what the process has kept from another; who runs the site, nobody has entered, and no page need ask."""
    from portal.pages.queries.identity import FRESH

    caches["memory"].clear()
    caches["memory"].set(FRESH, {}, None)


@pytest.fixture(autouse=True)
def empty_index() -> None:
    """No test finds what another has indexed."""
    from search import engines

    engines.current.cache_clear()


# --- Time and background --------------------------------------------------------------------


@pytest.fixture
def clock(monkeypatch) -> HandClock:
    """The installed clock, standing still; move it with ``clock.move(hours=24)``."""
    hand = HandClock()
    monkeypatch.setattr(clocks, "_installed", hand)
    return hand


@pytest.fixture
def background() -> Callable[[], None]:
    """Call it to do what the clock process and the worker would have done by now."""
    from portal.journal import jobs, relay, ticks

    def catch_up() -> None:
        ticks.run_ticks(clocks.installed())
        while relay.drain() + jobs.run_jobs():
            pass

    return catch_up
