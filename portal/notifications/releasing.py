"""The worker's job before delivery: let go what has waited until its hour.

What quiet hours held back goes out one by one. What waited for a digest is tied together: the
first notice carries the others, so that one mail goes out under one id, however often it is tried.
"""

from datetime import datetime

from django.db import transaction

from portal.journal.realtime import real_now
from portal.kernel import clock
from portal.notifications.models import Notice, NoticeQuerySet

BATCH = 100


def release(limit: int = BATCH) -> int:
    """Queue what was held until now; return how many messages that makes."""
    now = clock.installed().now()
    single = _waiting(now).filter(in_digest=False).values_list("pk", flat=True)[:limit]
    # Asked again in the update: another worker may have released and even sent them meanwhile.
    released: int = Notice.objects.filter(pk__in=list(single), status=Notice.Status.HELD).update(**_queued())
    recipients = _waiting(now).filter(in_digest=True).order_by("recipient").values_list("recipient", flat=True)
    return released + sum(_tie(recipient, now) for recipient in recipients.distinct()[:limit])


def _waiting(now: datetime) -> NoticeQuerySet:
    return Notice.objects.filter(status=Notice.Status.HELD, held_until__lte=now, carrier=None)


def _queued() -> dict[str, object]:
    return {"status": Notice.Status.QUEUED, "held_until": None, "due_at": real_now()}


def _tie(recipient: str, now: datetime) -> int:
    """Make one digest of what waits for a recipient. Workers take turns by locking the rows in order."""
    with transaction.atomic():
        waiting = _waiting(now).filter(in_digest=True, recipient=recipient)
        bunch = list(waiting.select_for_update().order_by("pk").values_list("pk", flat=True))
        if not bunch:
            return 0  # another worker was faster
        Notice.objects.filter(pk__in=bunch[1:]).update(carrier=bunch[0])
        Notice.objects.filter(pk=bunch[0]).update(**_queued())
    return 1
