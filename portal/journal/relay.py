"""Read the journal on and make its handler runs, each at least once.

A crash anywhere loses nothing: the bookmark moves in the transaction that creates the runs,
and a run is marked done after its handler has committed. Leases and back-off use real time.
"""

import logging
import random
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, Q

from portal.journal.handlers import Told, handler, handlers_for
from portal.journal.models import Bookmark, EventRecord, HandlerRun
from portal.journal.realtime import real_now

logger = logging.getLogger(__name__)

READER = "relay"
BATCH = 200
LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 8
FIRST_RETRY = timedelta(seconds=2)
LONGEST_RETRY = timedelta(minutes=30)


def read_on(limit: int = BATCH) -> int:
    """Create the runs for events behind the bookmark; return how many events were read."""
    with transaction.atomic():
        Bookmark.objects.get_or_create(reader=READER)
        bookmark = Bookmark.objects.select_for_update().get(reader=READER)
        events = list(
            EventRecord.objects.filter(position__gt=bookmark.position)
            .order_by("position")
            .values_list("position", "name")[:limit]
        )
        if not events:
            return 0
        now = real_now()
        HandlerRun.objects.bulk_create(
            [
                HandlerRun(event_id=position, handler=name, due_at=now)
                for position, event_name in events
                for name in handlers_for(event_name)
            ],
            ignore_conflicts=True,
        )
        bookmark.position = events[-1][0]
        bookmark.save(update_fields=["position"])
    return len(events)


def run_due(limit: int = BATCH) -> int:
    """Run the handlers that are due, oldest event first; return how many were tried."""
    tried = 0
    while tried < limit and (run := _claim()) is not None:
        _execute(run)
        tried += 1
    return tried


def drain() -> int:
    """Read on and run until nothing is due now; return the number of runs tried. For tests and seeding."""
    total = 0
    while True:
        read, tried = read_on(), run_due()
        total += tried
        if not read and not tried:
            return total


def revive(run_id: int) -> None:
    """Give a dead run another set of tries: the staff's "try again" button."""
    HandlerRun.objects.filter(id=run_id, status=HandlerRun.Status.DEAD).update(
        status=HandlerRun.Status.WAITING, attempts=0, due_at=real_now(), finished_at=None
    )


def _claim() -> HandlerRun | None:
    now = real_now()
    due = HandlerRun.objects.filter(
        Q(leased_until=None) | Q(leased_until__lt=now), status=HandlerRun.Status.WAITING, due_at__lte=now
    ).order_by("event_id", "id")
    with transaction.atomic():
        # SQLite writers are serialized already; there the lock is a no-op.
        run = due.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked).first()
        if run is None:
            return None
        run.leased_until = now + LEASE
        run.attempts = F("attempts") + 1
        run.save(update_fields=["leased_until", "attempts"])
    return HandlerRun.objects.select_related("event").get(id=run.id)


def _execute(run: HandlerRun) -> None:
    try:
        with transaction.atomic():
            handler(run.handler)(Told.of(run.event))
    except Exception as error:  # a handler may fail in any way; the others must go on
        _put_off(run, error)
    else:
        HandlerRun.objects.filter(id=run.id).update(
            status=HandlerRun.Status.DONE, finished_at=real_now(), leased_until=None, error=""
        )


def _put_off(run: HandlerRun, error: Exception) -> None:
    # The class only: a message may quote personal data.
    described = type(error).__name__
    now = real_now()
    if run.attempts >= MAX_ATTEMPTS:
        logger.error("handler_dead", extra={"handler": run.handler, "event": run.event_id, "error": described})
        HandlerRun.objects.filter(id=run.id).update(
            status=HandlerRun.Status.DEAD, finished_at=now, leased_until=None, error=described
        )
        return
    logger.warning("handler_retry", extra={"handler": run.handler, "event": run.event_id, "error": described})
    HandlerRun.objects.filter(id=run.id).update(due_at=retry_at(now, run.attempts), leased_until=None, error=described)


def retry_at(now: datetime, attempts: int) -> datetime:
    """Return when to try again after `attempts` failures: doubling, capped, with jitter."""
    wait: timedelta = min(FIRST_RETRY * 2 ** (attempts - 1), LONGEST_RETRY)
    return now + wait * random.uniform(0.8, 1.2)  # noqa: S311 — jitter, nothing secret
