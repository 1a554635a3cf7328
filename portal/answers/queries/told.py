"""What the asker of a question was told, and whether it arrived."""

from portal.answers.models import Question
from portal.notifications.addresses import person
from portal.notifications.fates import Delivery, deliveries
from portal.notifications.queries import messages_about


def asker_of(question: Question) -> str:
    """Return the reference under which the asker is told: their account, or the question with its contact."""
    return person(question.asker_id) if question.asker_id else question.ref


def gets_messages(question: Question) -> bool:
    """Tell whether the asker has left anything that an e-mail or text message can go to."""
    return bool(question.asker_id) or question.contact_kind in (Question.ContactKind.PHONE, Question.ContactKind.EMAIL)


def told_to_asker(question: Question) -> list[Delivery]:
    """Return the e-mails and text messages about this question, oldest first, with their fate. One query."""
    return deliveries(messages_about(question.ref, asker_of(question)))
