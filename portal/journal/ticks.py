"""What must happen because time has passed: idempotent ticks run by the clock process.

A tick decides nothing by the hour at which it runs: a breach found hours late is written
with the same instants, so a stopped clock process costs timeliness, never truth.
"""

import logging
import os
import socket
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction

from portal.journal.models import ProcessLease
from portal.journal.realtime import real_now
from portal.kernel.clock import Clock

logger = logging.getLogger(__name__)

Tick = Callable[[Clock], int]

LEASE = timedelta(seconds=30)

_ticks: dict[str, Tick] = {}


def tick(name: str) -> Callable[[Tick], Tick]:
    """Register a tick under a stable name. It returns how many things it changed."""

    def register(function: Tick) -> Tick:
        _ticks[name] = function
        return function

    return register


def run_ticks(clock: Clock) -> dict[str, int]:
    """Run every tick once; one that fails is logged and does not stop the others."""
    changed = {}
    for name, function in sorted(_ticks.items()):
        try:
            changed[name] = function(clock)
        except Exception:
            logger.exception("tick_failed", extra={"tick": name})
    return changed


def process_name() -> str:
    """Return a name for this process that is unlike any other's."""
    return f"{socket.gethostname()}:{os.getpid()}"


def lead(name: str, holder: str) -> bool:
    """Take or renew the leadership called `name` for `LEASE`; tell whether we have it."""
    now = real_now()
    with transaction.atomic():
        lease, created = ProcessLease.objects.select_for_update().get_or_create(
            name=name, defaults={"holder": holder, "until": now + LEASE}
        )
        if created:
            return True
        if lease.holder != holder and lease.until > now:
            return False
        ProcessLease.objects.filter(name=name).update(holder=holder, until=now + LEASE)
        return True


def is_led(name: str) -> bool:
    """Tell whether any process has the leadership called `name` now."""
    return ProcessLease.objects.filter(name=name, until__gt=real_now()).exists()


def resign(name: str, holder: str) -> None:
    """Give up the leadership called `name`, where we have it."""
    ProcessLease.objects.filter(name=name, holder=holder).delete()
