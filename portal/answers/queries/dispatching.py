"""What a dispatcher has just sent out and may take back."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from portal.answers.models import BulkDispatch
from portal.answers.rules.aftermath import UNDO_DISPATCH_WITHIN
from portal.kernel.actors import Actor

# Whoever sends out more within the minutes takes the earlier ones back one by one.
SHOWN = 3


def just_dispatched(actor: Actor, now: datetime) -> QuerySet[BulkDispatch]:
    """Return the actor's latest bulk dispatches that can still be taken back."""
    mine = BulkDispatch.objects.filter(dispatched_by=UUID(actor.id), dispatched_at__gt=now - UNDO_DISPATCH_WITHIN)
    return mine.filter(is_taken_back=False)[:SHOWN]
