"""An office writes its canned passages. Not events: they are nobody's promise."""

from uuid import UUID

from django.db import transaction

from portal.accounts.models import Office
from portal.answers.models import Passage
from portal.answers.permissions import P
from portal.answers.reasons import PASSAGE_TITLE_TAKEN, TOO_MANY_PASSAGES
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.permissions import NotAllowed, demand

# Our number: a list that one still reads through.
MOST = 200


def keep_passage(
    office_id: UUID,
    *,
    title: str,
    text: str,
    is_shared: bool,
    by: Actor,
    clock: Clock,
    passage_id: int | None = None,
) -> Passage:
    """Write a passage of the office, or change the one with this id.

    text: with no other variables than `rules.passages.VARIABLES`; the form has seen to it.
    Raises NotAllowed, Passage.DoesNotExist.
    """
    with transaction.atomic():
        office = Office.objects.select_for_update().get(pk=office_id)
        now = clock.now()
        demand(by, P.WRITE_PASSAGES, office)
        own = Passage.objects.filter(office=office)
        passage = Passage(office=office) if passage_id is None else own.get(pk=passage_id)
        if own.filter(title=title).exclude(pk=passage.pk).exists():
            raise NotAllowed(PASSAGE_TITLE_TAKEN)
        if passage_id is None and own.count() >= MOST:
            raise NotAllowed(TOO_MANY_PASSAGES)
        passage.title, passage.text, passage.is_shared = title, text, is_shared
        passage.changed_by_id, passage.changed_at = by.id, now
        passage.save()
    return passage


def remove_passage(office_id: UUID, passage_id: int, *, by: Actor) -> None:
    """Remove a passage; answers that were made of it stay. One that is gone already is no error."""
    with transaction.atomic():
        office = Office.objects.select_for_update().get(pk=office_id)
        demand(by, P.WRITE_PASSAGES, office)
        Passage.objects.filter(pk=passage_id, office=office).delete()
