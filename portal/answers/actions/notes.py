"""Words among colleagues: they change nothing and stop no clock."""

from uuid import UUID

from django.db import transaction

from portal.answers.actions.settling import locked
from portal.answers.models import Note
from portal.answers.permissions import P
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.permissions import demand


def add_note(question_id: UUID, *, text: str, by: Actor, clock: Clock) -> Note:
    """Keep an internal note on a question. Not an event: it is nobody's promise."""
    with transaction.atomic():
        question = locked(question_id)
        now = clock.now()
        demand(by, P.NOTE, question)
        return Note.objects.create(question=question, author_id=by.id, text=text, written_at=now)
