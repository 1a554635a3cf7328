"""Keep the flat public table in step with a question: derived as a whole, so a repeat is harmless."""

from portal.answers.models import AnswerPage, Decision, Listing, Question
from portal.answers.states import OPEN, WITH_CENTRE, Publication, State
from portal.kernel.workdays import month_of


def refresh_listing(question_id: str) -> None:
    """Write or remove the public row of one question."""
    question = Question.objects.select_for_update(of=("self",)).get(pk=question_id)
    if not _is_public(question):
        Listing.objects.filter(question=question).delete()
        return
    page = AnswerPage.objects.filter(question=question, live=True).first()
    is_answered = question.publication == Publication.PUBLISHED and page is not None
    answered_at = question.answered_at
    Listing.objects.update_or_create(
        question=question,
        defaults={
            "number": question.number,
            "title": question.public_title,
            "topic_id": question.topic_id,
            "office_id": question.office_id,
            "is_answered": is_answered,
            "state": question.state,
            "submitted_at": question.submitted_at,
            "accept_due": question.accept_due,
            "accepted_at": question.accepted_at,
            "reply_due": question.reply_due,
            "reply_provisional": question.reply_provisional,
            "plain_due": question.plain_due,
            "interim": _interim(question),
            "answered_at": answered_at,
            "month": month_of(answered_at) if answered_at else None,
            "page_url": page.get_url() or "" if page else "",
            "sorted_at": answered_at if is_answered and answered_at else question.submitted_at,
        },
    )


def _interim(question: Question) -> str:
    """Return what the office has said meanwhile, with a granted extension."""
    granted = question.extensions.filter(decision=Decision.GRANTED).first() if question.extended_by else None
    return granted.interim if granted else ""


def _is_public(question: Question) -> bool:
    """Consented, let through by the centre, and not ended otherwise or kept private."""
    if not (question.consents and question.public_title):
        return False
    waits = question.state in OPEN - WITH_CENTRE - {State.MERGED} and question.answered_at is None
    answered = question.answered_at is not None and question.publication in (
        Publication.PROPOSED,
        Publication.PUBLISHED,
    )
    return waits or answered
