"""The asker's contact lies sealed and is shown masked; who looks at it says why, and that stays on file."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from portal.answers.actions.settling import locked
from portal.answers.actions.telling import tell
from portal.answers.events import ContactRevealed
from portal.answers.models import Note, Question
from portal.answers.permissions import P
from portal.answers.reasons import NO_CONTACT
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.permissions import NotAllowed, demand


@dataclass(frozen=True)
class Revealed:
    """Who the asker is. name, relation: only of a confidential question, of which they are sealed as well."""

    contact: str
    name: str = ""
    relation: str = ""


def reveal_contact(question_id: UUID, *, reason: str, words: str, by: Actor, clock: Clock) -> Revealed:
    """Return the contact, and of a confidential question the name, after having written down who saw it and why.

    reason: a code of `REVEAL_REASONS`. words: more about it, kept as an internal note; the
    journal gets the code alone. Raises NotAllowed without permission or where there is nothing to see.
    """
    with transaction.atomic():
        question = locked(question_id)
        now = clock.now()
        demand(by, P.VIEW_CONTACT, question)
        revealed = _who(question)
        if revealed == Revealed(""):
            raise NotAllowed(NO_CONTACT)
        if words:
            Note.objects.create(question=question, author_id=by.id, text=words, written_at=now)
        tell(question, [ContactRevealed(reason=reason)], by=by, at=now)
    return revealed


def _who(question: Question) -> Revealed:
    if not question.confidential:
        return Revealed(question.contact)
    said = question.confidence.words
    return Revealed(question.contact, said.nickname or (question.asker.name if question.asker else ""), said.relation)
