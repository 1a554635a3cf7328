"""Read the journal on and make its handler runs, each at least once.

A crash anywhere loses nothing: the bookmark moves in the transaction that creates the runs,
and a run is marked done after its handler has committed. Leases and back-off use real time.
"""

import logging
from datetime import timedelta

from django.db import transaction

from portal.journal.handlers import Told, handler, handlers_for
from portal.journal.models import Bookmark, EventRecord, HandlerRun
from portal.journal.realtime import real_now
from portal.journal.retrying import Backoff, claim

logger = logging.getLogger(__name__)

READER = "relay"
BATCH = 200
LEASE = timedelta(seconds=60)
RETRY = Backoff(first=timedelta(seconds=2), longest=timedelta(minutes=30), tries=8)


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


def revive(run_id: int) -> int:
    """Give a dead run another set of tries: the staff's "try again" button. Return 1, or 0 if it was not dead."""
    return HandlerRun.objects.filter(id=run_id, status=HandlerRun.Status.DEAD).update(
        status=HandlerRun.Status.WAITING, attempts=0, due_at=real_now(), finished_at=None
    )


def _claim() -> HandlerRun | None:
    due = HandlerRun.objects.filter(status=HandlerRun.Status.WAITING, due_at__lte=real_now())
    return claim(due.select_related("event").order_by("event_id", "id"), LEASE)


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
    if run.attempts >= RETRY.tries:
        logger.error("handler_dead", extra={"handler": run.handler, "event": run.event_id, "error": described})
        HandlerRun.objects.filter(id=run.id).update(
            status=HandlerRun.Status.DEAD, finished_at=now, leased_until=None, error=described
        )
        return
    logger.warning("handler_retry", extra={"handler": run.handler, "event": run.event_id, "error": described})
    HandlerRun.objects.filter(id=run.id).update(
        due_at=RETRY.again_at(now, run.attempts), leased_until=None, error=described
    )
