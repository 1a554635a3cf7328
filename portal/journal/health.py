"""Is the background alive? Asked by ``/-/ready`` and by the banner on the desk."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Min

from portal.journal.models import Bookmark, EventRecord, HandlerRun, Heartbeat
from portal.journal.realtime import real_now
from portal.journal.relay import READER

TOO_LONG = timedelta(minutes=2)
PROCESSES = ("worker", "clock")


@dataclass(frozen=True)
class Lag:
    """How far the background is behind, in whole seconds; None = never seen."""

    worker: int | None
    clock: int | None
    outbox: int
    dead: int

    @property
    def is_late(self) -> bool:
        """Tell whether anything lags more than two minutes."""
        limit = TOO_LONG.total_seconds()
        return any(seconds is None or seconds > limit for seconds in (self.worker, self.clock, self.outbox))


def beat(process: str) -> None:
    """Note that `process` is alive now."""
    Heartbeat.objects.update_or_create(process=process, defaults={"at": real_now()})


def lag() -> Lag:
    """Measure the lag of worker, clock and outbox in at most five queries."""
    now = real_now()
    seen = dict(Heartbeat.objects.filter(process__in=PROCESSES).values_list("process", "at"))
    age = {name: int((now - at).total_seconds()) for name, at in seen.items()}
    read = Bookmark.objects.filter(reader=READER).values_list("position", flat=True).first() or 0
    unread = EventRecord.objects.filter(position__gt=read).exists()
    oldest = HandlerRun.objects.filter(status=HandlerRun.Status.WAITING, attempts=0).aggregate(at=Min("due_at"))["at"]
    waiting = int((now - oldest).total_seconds()) if oldest else 0
    # An unread event has no run and so no real-time stamp: its age is the worker's silence.
    outbox = max(waiting, age.get("worker", 10**9) if unread else 0)
    dead = HandlerRun.objects.filter(status=HandlerRun.Status.DEAD).count()
    return Lag(worker=age.get("worker"), clock=age.get("clock"), outbox=outbox, dead=dead)
