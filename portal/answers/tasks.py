"""Work that must not be done while somebody waits."""

from django.utils import translation
from django_tasks import task

from portal.answers.actions.asking import begin_check
from portal.answers.models import Question
from portal.answers.rules.contacts import Contact
from portal.answers.sending_codes import CodeNotSent, send_code


@task()
def send_lost_code(question_id: str) -> None:
    """Send a code to the contact of a question, so that its asker can replace a lost tracking code.

    question_id: "" when number and contact did not match. It is queued all the same, because
    the time that sending takes would tell a stranger whose question a number is.
    """
    reached = Question.objects.filter(contact_kind__in=["phone", "email"])
    question = reached.filter(pk=question_id).first() if question_id else None
    if question is None:
        return
    contact = Contact(question.contact_kind, question.contact)
    code = begin_check(contact, question=question)
    with translation.override(question.language):
        try:
            send_code(contact, code)
        except CodeNotSent:
            return  # logged by the sender; the asker can ask for another one
