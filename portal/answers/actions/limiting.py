"""How often things may be tried at the desk; the numbers are `settings.ANSWERS_LIMITS`."""

from uuid import UUID

from django.conf import settings
from django.db import transaction

from portal.accounts.limits import hit
from portal.answers.models import AskDraft
from portal.kernel.actors import Actor

_COUNTED = "counted"


def count_try(name: str, key: str) -> None:
    """Count a try of `key` against one of the desk's limits. Raises TooManyTries."""
    limit, per = settings.ANSWERS_LIMITS[name]
    hit(f"answers.{name}", key, limit=limit, per=per)


def count_submission(draft_id: UUID, *, client: str, by: Actor, unproven: bool) -> None:
    """Count the submission of a draft once, however often it is sent. Raises TooManyTries; then it did not count.

    client: the network address. unproven: it came without the proof of work, so fewer are let through.
    """
    with transaction.atomic():
        # The lock makes a double click wait here, instead of counting twice.
        draft = AskDraft.objects.select_for_update().get(pk=draft_id)
        if draft.question_id is not None or draft.answers.get(_COUNTED):
            return
        count_try("submit", client)
        if unproven:
            count_try("submit_unproven", client)
        if by.is_person:
            count_try("submit_account", by.id)
        draft.answers = draft.answers | {_COUNTED: True}
        draft.save(update_fields=["answers_sealed"])
