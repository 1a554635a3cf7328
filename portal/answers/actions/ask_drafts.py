"""Drafts that nobody finished hold personal data: they are removed after a day, or when their writer says so."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from portal.answers.models import AskDraft
from portal.files.actions import remove
from portal.files.queries import of_draft
from portal.files.rules.drafts import draft_key
from portal.journal.realtime import real_now
from portal.kernel.clock import Clock

KEPT_FOR = timedelta(hours=24)


def sweep_drafts(clock: Clock) -> int:
    """Delete drafts older than a day, by real time; a question made of one stays. A tick."""
    removed, _by_model = AskDraft.objects.filter(created_at__lt=real_now() - KEPT_FOR).delete()
    return removed


def drop_draft(draft_id: UUID) -> bool:
    """Delete a draft and its files at once; tell whether it was there. One that has become a question stays."""
    with transaction.atomic():
        # The lock makes a submission at the same moment come before, and then there is a question, or find nothing.
        draft = AskDraft.objects.select_for_update().filter(pk=draft_id, question=None).first()
        if draft is None:
            return False
        draft.delete()
    key = draft_key(str(draft_id))
    for upload_id in of_draft(key).values_list("pk", flat=True):
        remove(upload_id, draft_key=key)
    return True
