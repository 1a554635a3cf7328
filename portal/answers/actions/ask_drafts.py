"""Drafts that nobody finished hold personal data: they are removed after a day."""

from datetime import timedelta

from portal.answers.models import AskDraft
from portal.journal.realtime import real_now
from portal.kernel.clock import Clock

KEPT_FOR = timedelta(hours=24)


def sweep_drafts(clock: Clock) -> int:
    """Delete drafts older than a day, by real time; a question made of one stays. A tick."""
    removed, _by_model = AskDraft.objects.filter(created_at__lt=real_now() - KEPT_FOR).delete()
    return removed
