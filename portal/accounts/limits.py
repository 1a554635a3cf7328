"""Limits on tries that hold without Redis and under parallel requests.

A window opens with the first try and counts until it ends; each step is one conditional
UPDATE, which both databases run for one client at a time, so of N + k parallel tries exactly
N pass. Real time: a limit measures machines, not promises.
"""

from datetime import timedelta

from django.db.models import F

from portal.accounts.models import LimitWindow
from portal.journal.realtime import real_now
from portal.kernel import vault


class TooManyTries(Exception):
    """Raised when a limit is reached; a view that lets it through answers 429 (see middleware)."""

    def __init__(self, retry_after: timedelta) -> None:
        super().__init__(f"retry after {retry_after}")
        self.retry_after = retry_after


def hit(name: str, key: str, *, limit: int, per: timedelta) -> None:
    """Count a try of `key` against the limit called `name`. Raises TooManyTries when it is used up.

    name: stable and dotted, such as "answers.submit"; each name counts for itself.
    key: an address (`client_address`), a number, an id; stored as a keyed fingerprint only.
    Call it outside the transaction of the act that it guards: a try that fails is a try too,
    and the row stays locked until the transaction ends.
    """
    now = real_now()
    bucket = vault.installed().blind_index(f"limit:{name}:{key}")
    window = LimitWindow.objects.filter(bucket=bucket)
    room_left = window.filter(ends_at__gt=now, count__lt=limit)
    if room_left.update(count=F("count") + 1):
        return
    if limit > 0 and window.filter(ends_at__lte=now).update(count=1, ends_at=now + per):
        return
    LimitWindow.objects.bulk_create([LimitWindow(bucket=bucket, count=0, ends_at=now + per)], ignore_conflicts=True)
    if room_left.update(count=F("count") + 1):
        return
    ends_at = window.values_list("ends_at", flat=True).first() or now + per
    raise TooManyTries(max(ends_at - now, timedelta(seconds=1)))


def forget(name: str, key: str) -> None:
    """Drop what was counted for `key`: it has shown that it was entitled to try."""
    LimitWindow.objects.filter(bucket=vault.installed().blind_index(f"limit:{name}:{key}")).delete()


def purge() -> int:
    """Delete the windows that have ended; return how many."""
    return LimitWindow.objects.filter(ends_at__lte=real_now()).delete()[0]
