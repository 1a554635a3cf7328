"""Erase what a person told the desk (PIPL art. 47), and keep what the promise was and how it was kept.

Gone are texts, names, contact, files, drafts of the answer, notes, comments, and the keys of the
commitments, without which the journal's fingerprints are noise. Clocks, legs, verdicts and events
stay: they hold no text, and an authority must keep record of what it did (Archives Law art. 13).
A published answer stays, because what was let out is about the matter, not the person; if it
does hold personal data, it is withdrawn: its page stays as a tombstone.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from wagtail.models import PageLogEntry

from portal.answers.actions.answer_page import bury_page
from portal.answers.actions.listing import refresh_listing
from portal.answers.actions.settling import locked
from portal.answers.actions.telling import tell
from portal.answers.events import (
    ErasureProposed,
    ErasureRejected,
    PublicationDeclined,
    PublicationWithdrawn,
    QuestionErased,
    QuestionEvent,
)
from portal.answers.models import (
    Amendment,
    Answer,
    AnswerPage,
    AskDraft,
    CallAttempt,
    Clarification,
    Confidence,
    ContactCheck,
    Draft,
    Erasure,
    ExclusionReview,
    Extension,
    HandOver,
    Helping,
    Intake,
    Leg,
    Note,
    Question,
    Rating,
    Redaction,
    Refusal,
    Reopening,
    ReturnRequest,
    Review,
)
from portal.answers.permissions import P
from portal.answers.reasons import ALREADY_ERASED, ERASURE_DECIDED, SECOND_PERSON, STILL_OPEN
from portal.answers.rules.personal_data import marks
from portal.answers.states import OPEN, PUBLICATION, Publication
from portal.files.actions import discard
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.permissions import NotAllowed, demand
from portal.kernel.refs import hash_code, new_code
from portal.notifications.actions import forget

# Stands where the title stood, so that no list shows a link without words.
ERASED_TITLE = "（内容已删除）"
# Of `DECLINE_REASONS` and of `WITHDRAWAL_REASONS`.
PERSONAL = "personal"


def erase_question(
    question_id: UUID, reason: str = Erasure.Reason.OWN, *, by: Actor, clock: Clock, take_down: bool = False
) -> Erasure:
    """Erase the asker's own question at once.

    take_down: the public page, too; heeded when the marker finds personal data in it.
    Raises NotAllowed while the question is open, and once it has been erased.
    """
    with transaction.atomic():
        question = locked(question_id)
        now = clock.now()
        demand(by, P.ERASE, question)
        _refuse_unfit(question)
        erasure = Erasure(question=question, reason=reason, requested_at=now)
        erasure.takes_down = take_down and public_page_is_personal(question)
        _carry_out(question, erasure, by=by, now=now)
    return erasure


def propose_erasure(question_id: UUID, *, reason: str, take_down: bool, by: Actor, clock: Clock) -> Erasure:
    """Propose that a question be erased; a second person decides. Raises NotAllowed."""
    with transaction.atomic():
        question = locked(question_id)
        now = clock.now()
        demand(by, P.PROPOSE_ERASURE, question)
        _refuse_unfit(question)
        erasure: Erasure
        erasure, is_new = Erasure.objects.get_or_create(
            question=question,
            decision=Erasure.Decision.OPEN,
            defaults={
                "reason": reason,
                "takes_down": take_down and question.publication == Publication.PUBLISHED,
                "requested_by_id": by.id,
                "requested_at": now,
            },
        )
        if is_new:
            tell(question, [ErasureProposed(reason=reason)], by=by, at=now)
    return erasure


def decide_erasure(question_id: UUID, *, approve: bool, by: Actor, clock: Clock) -> Erasure:
    """Carry a proposed erasure out, or reject it. Raises NotAllowed; never the one who proposed it."""
    with transaction.atomic():
        question = locked(question_id)
        now = clock.now()
        demand(by, P.DECIDE_ERASURE, question)
        erasure = Erasure.objects.filter(question=question, decision=Erasure.Decision.OPEN).first()
        if erasure is None:
            raise NotAllowed(ERASURE_DECIDED)
        if str(erasure.requested_by_id) == by.id:
            raise NotAllowed(SECOND_PERSON)
        erasure.decided_by_id = by.id
        if approve:
            # Much can have happened since it was proposed.
            _refuse_unfit(question)
            erasure.takes_down = erasure.takes_down and question.publication == Publication.PUBLISHED
            _carry_out(question, erasure, by=by, now=now)
        else:
            erasure.decision, erasure.decided_at = Erasure.Decision.REJECTED, now
            erasure.save()
            tell(question, [ErasureRejected()], by=by, at=now)
    return erasure


def public_page_is_personal(question: Question) -> bool:
    """Tell whether the marker finds personal data in what was published of a question."""
    redaction = Redaction.objects.filter(question=question).first()
    if redaction is None or question.publication != Publication.PUBLISHED:
        return False
    return any(marks(text) for text in (redaction.title, redaction.question_text, redaction.answer_text))


def _refuse_unfit(question: Question) -> None:
    if question.state in OPEN:
        raise NotAllowed(STILL_OPEN)
    if Erasure.objects.filter(question=question, decision=Erasure.Decision.DONE).exists():
        raise NotAllowed(ALREADY_ERASED)


def _carry_out(question: Question, erasure: Erasure, *, by: Actor, now: datetime) -> None:
    events: list[QuestionEvent] = []
    if question.publication == Publication.PROPOSED:  # nothing is left to publish
        question.publication = PUBLICATION.next_state(question.publication, "decline_publication")
        events.append(PublicationDeclined(reason=PERSONAL))
    if erasure.takes_down:
        question.publication = PUBLICATION.next_state(question.publication, "withdraw_publication")
        _take_down(question, now)
        events.append(PublicationWithdrawn(reason=PERSONAL))
    _empty_what_belongs_to(question)
    _empty(question)
    erasure.decision, erasure.decided_at = Erasure.Decision.DONE, now
    erasure.save()
    refresh_listing(str(question.pk))
    tell(question, [*events, QuestionErased(reason=erasure.reason, taken_down=erasure.takes_down)], by=by, at=now)


def _empty(question: Question) -> None:
    question.title = ERASED_TITLE
    question.text = question.place = question.nickname = ""
    question.asker = None
    question.contact_kind = Question.ContactKind.NONE
    question.contact_sealed = question.contact_index = ""
    question.commit_key = b""
    question.tracking_hash = hash_code(new_code())  # of a code that nobody has
    if question.publication != Publication.PUBLISHED:
        question.public_title = ""
    question.version += 1
    question.save()


def _empty_what_belongs_to(question: Question) -> None:
    AskDraft.objects.filter(question=question).delete()
    ContactCheck.objects.filter(question=question).delete()
    discard(question.ref)
    forget(question.ref)
    Confidence.objects.filter(question=question).update(words_sealed="")
    Intake.objects.filter(question=question).update(relation="", check_reason="")
    Leg.objects.filter(question=question).update(reason="")
    ReturnRequest.objects.filter(leg__question=question).update(reason="", decision_reason="")
    Refusal.objects.filter(question=question).update(explanation="", other_route="", decision_note="")
    Note.objects.filter(question=question).update(text="")
    Draft.objects.filter(question=question).update(text="")
    Review.objects.filter(draft__question=question).update(note="")
    Answer.objects.filter(question=question).update(text="", text_key=b"")
    Rating.objects.filter(question=question).update(comment="")
    CallAttempt.objects.filter(call__question=question).update(note="")
    ExclusionReview.objects.filter(question=question).update(note="")
    Extension.objects.filter(question=question).update(reason="", interim="", note="")
    Clarification.objects.filter(question=question).update(text="", answer="")
    Helping.objects.filter(question=question).update(request="", contribution="")
    Reopening.objects.filter(question=question).update(reason="", note="", answer_text="", answer_key=b"")
    HandOver.objects.filter(question=question).update(told="")
    Amendment.objects.filter(question=question).update(title_before="", question_before="", answer_before="")


def _take_down(question: Question, now: datetime) -> None:
    """Bury the public page at once, not when the worker comes to it, and what it was made of."""
    Redaction.objects.filter(question=question).update(
        title=ERASED_TITLE, question_text="", answer_text="", commit_key=b""
    )
    page = AnswerPage.objects.filter(question=question).first()
    if page is not None:
        bury_page(str(question.pk), now, PERSONAL, now)
        PageLogEntry.objects.filter(page=page).update(label=question.number)
