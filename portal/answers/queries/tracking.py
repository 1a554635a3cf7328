"""Finding one's own question: by account or by tracking code."""

from uuid import UUID

from django.db.models import Q, QuerySet

from portal.answers.models import Question
from portal.kernel import vault
from portal.kernel.actors import Actor
from portal.kernel.refs import CODE_LENGTH, clean_code, hash_code


def by_code(typed: str) -> Question | None:
    """Return the question of a tracking code; None for a wrong and for an unknown one alike."""
    if len(clean_code(typed)) != CODE_LENGTH:
        return None
    return Question.objects.filter(tracking_hash=hash_code(typed)).first()


def by_contact(number: str, contact: str) -> Question | None:
    """Return the question with this number if it was asked under this contact (in its stored form).

    A contact that staff typed has not been proven; where one wrong digit would open what was said
    in confidence, it opens nothing.
    """
    index = vault.installed().blind_index(contact)
    found = Question.objects.filter(number=number, contact_index=index)
    return found.filter(Q(confidential=False) | Q(channel=Question.Channel.ONLINE)).first()


def mine(actor: Actor) -> QuerySet[Question]:
    """Return the questions asked with the actor's account, newest first."""
    if not actor.is_person:
        return Question.objects.none()
    return Question.objects.filter(asker_id=UUID(actor.id)).select_related("office", "topic").order_by("-submitted_at")
