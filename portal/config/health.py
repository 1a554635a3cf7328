"""Two probes. Live: the process answers. Ready: it can do its work; what cannot is named, no detail told."""

import logging
import shutil
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.journal.health import lag
from portal.kernel import clock as clocks
from portal.kernel.workdays import local_date
from portal.workdays.queries import calendar
from portal.workdays.queries.years import missing_year

logger = logging.getLogger(__name__)

ENOUGH_DISK = 500 * 1024 * 1024  # bytes
DAYS_AHEAD = 366

_migrated = False


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Answer without touching anything: whether to restart the process."""
    return HttpResponse("live\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Say which part works: whether to send visitors here, and whom to call.

    A warning turns no visitor away: somebody must see to it in the days to come.
    """
    checks = {name: _holds(name) for name in CHECKS}
    fit = all(checks.values())
    warnings = [name for name in WARNINGS if not _holds(name)]
    return JsonResponse({"ready": fit, "checks": checks, "warnings": warnings}, status=200 if fit else 503)


def _holds(name: str) -> bool:
    try:
        return (CHECKS | WARNINGS)[name]()
    except Exception:  # a probe says no, whatever is broken
        logger.exception("health_check_failed", extra={"check": name})
        return False


def database_answers() -> bool:
    """Ask the database something."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def migrations_are_applied() -> bool:
    """Compare code and database; asked until it is so, for code does not change under a process."""
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


def cache_keeps() -> bool:
    """Write and read the cache, which holds the limits on tries."""
    value = get_random_string(8)
    cache.set("health", value, 60)
    return cache.get("health") == value


def background_keeps_up() -> bool:
    """Ask whether worker, clock and outbox are within two minutes."""
    return not lag().is_late


def disk_has_room() -> bool:
    """Ask for half a gigabyte where attachments go."""
    return shutil.disk_usage(settings.VAR_DIR).free >= ENOUGH_DISK


def calendar_reaches() -> bool:
    """Ask for a year of calendar ahead, provisional or not: without days there is no due date."""
    return (calendar().last - local_date(clocks.installed().now())).days >= DAYS_AHEAD


CHECKS: dict[str, Callable[[], bool]] = {
    "database": database_answers,
    "migrations": migrations_are_applied,
    "cache": cache_keeps,
    "background": background_keeps_up,
    "disk": disk_has_room,
    "calendar": calendar_reaches,
}


def next_year_is_announced() -> bool:
    """Ask whether the year that should be announced by now has been loaded."""
    return missing_year(local_date(clocks.installed().now()), **settings.WORKDAYS_ALARM) is None


WARNINGS: dict[str, Callable[[], bool]] = {"calendar_year": next_year_is_announced}
