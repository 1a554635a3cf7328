"""What may be signed, and by whom: a draft without blanks; and where an office's setting asks for a second
person, nobody signs what is their own.

Actions refuse by it and the case page says it beforehand, so it is decided in one place.
"""

from portal.answers.models import Draft, Intake, Question, Refusal, Review
from portal.answers.reasons import NEEDS_REVIEW, OWN_ENTRY, SECOND_PERSON, unfilled
from portal.answers.rules import passages
from portal.kernel.permissions import Reason


def draft_hindrance(draft: Draft) -> Reason | None:
    """Tell what keeps a version from being read by anybody else; None when nothing does."""
    left = passages.unfilled(draft.text)
    return unfilled(left) if left else None


def answer_hindrance(signer: str, question: Question, draft: Draft, review: Review | None) -> Reason | None:
    """Tell what keeps `signer` from releasing the latest version; None when nothing does.

    signer: the person's id; review: the open one of this version, if it was sent for review.
    """
    if hindrance := draft_hindrance(draft):
        return hindrance
    if not question.office.answers_need_review:
        return None
    if review is None:
        return NEEDS_REVIEW
    return SECOND_PERSON if signer in (str(draft.author_id), str(review.requested_by_id)) else None


def refusal_hindrance(signer: str, question: Question, refusal: Refusal) -> Reason | None:
    """Tell what keeps `signer` from deciding on a proposed refusal; None when nothing does."""
    own = str(refusal.proposed_by_id) == signer
    return SECOND_PERSON if own and question.centre.refusals_need_review else None


def receipt_hindrance(signer: str, intake: Intake) -> Reason | None:
    """Tell what keeps `signer` from deciding on a stated time of receipt; None when nothing does."""
    return OWN_ENTRY if str(intake.entered_by_id) == signer else None
