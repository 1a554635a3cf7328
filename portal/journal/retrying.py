"""Work that is kept as rows and tried until it succeeds: how a row is claimed, when it is tried again.

Leases and waits use real time. A row has `leased_until` and `attempts`; a process that dies with
a claimed row loses it to another one when the lease ends.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import connection, transaction
from django.db.models import F, Model, Q, QuerySet

from portal.journal.realtime import real_now

Row = TypeVar("Row", bound=Model)

DOUBLINGS = 30  # beyond any cap, and far from overflow


@dataclass(frozen=True)
class Backoff:
    """How patient to be. first: the wait after one failure; it doubles up to longest; then given up after tries."""

    first: timedelta
    longest: timedelta
    tries: int

    def again_at(self, now: datetime, attempts: int) -> datetime:
        """Return when to try again after `attempts` failures: doubling, capped, with jitter."""
        wait: timedelta = min(self.first * 2 ** min(attempts - 1, DOUBLINGS), self.longest)
        return now + wait * random.uniform(0.8, 1.2)  # noqa: S311 — jitter, nothing secret


def claim(due: QuerySet[Row], lease: timedelta) -> Row | None:
    """Lease the first free row of the ordered `due` to the caller and count the attempt; None when there is none.

    Two processes never get the same row while its lease lasts.
    """
    now = real_now()
    free = due.filter(Q(leased_until=None) | Q(leased_until__lt=now))
    if not free.exists():
        return None  # found without the write lock, which an idle SQLite process would take every round
    with transaction.atomic():
        # SQLite writers are serialized already; there the lock is a no-op.
        pk = (
            free.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
            .values_list("pk", flat=True)
            .first()
        )
        if pk is None:
            return None
        due.filter(pk=pk).update(leased_until=now + lease, attempts=F("attempts") + 1)
    return due.get(pk=pk)
