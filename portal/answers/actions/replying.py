"""The office writes, a second person signs, the asker gets the answer."""

import secrets
from uuid import UUID

from portal.answers.actions.merging import members_answered
from portal.answers.actions.settling import stop
from portal.answers.actions.turns import Turn, turn
from portal.answers.events import AnswerReleased, DraftReturned, DraftSaved, ReopeningAnswered, ReviewRequested
from portal.answers.models import Answer, Draft, Question, Reopening, Review
from portal.answers.reasons import NO_DRAFT
from portal.answers.rules.deadlines import rating_ends, reopening_ends, working_days_taken
from portal.answers.rules.verdicts import ClockKind
from portal.answers.signing import answer_hindrance, draft_hindrance
from portal.answers.states import PUBLICATION, State
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.permissions import NotAllowed
from portal.kernel.refs import commit
from portal.kernel.workdays import month_of
from portal.workdays.queries import calendar


def save_draft(question_id: UUID, *, text: str, by: Actor, clock: Clock, seen: int | None = None) -> Draft:
    """Keep `text` as the next version of the answer."""
    with turn(question_id, "save_draft", by=by, clock=clock, seen=seen) as this:
        latest = this.question.drafts.order_by("-version").first()
        draft = Draft.objects.create(
            question=this.question,
            version=latest.version + 1 if latest else 1,
            text=text,
            author_id=by.id,
            written_at=this.now,
        )
        this.tell(DraftSaved(version=draft.version))
    return draft


def submit_for_review(question_id: UUID, *, by: Actor, clock: Clock, seen: int | None = None) -> Question:
    """Put the latest version before the second person."""
    with turn(question_id, "submit_for_review", by=by, clock=clock, seen=seen) as this:
        draft = _latest(this)
        if hindrance := draft_hindrance(draft):
            raise NotAllowed(hindrance)
        Review.objects.create(draft=draft, requested_by_id=by.id, requested_at=this.now)
        this.tell(ReviewRequested(version=draft.version))
    return this.question


def return_draft(question_id: UUID, *, note: str, by: Actor, clock: Clock, seen: int | None = None) -> Question:
    """Give the version back with what should change."""
    with turn(question_id, "return_draft", by=by, clock=clock, seen=seen) as this:
        draft = _latest(this)
        _decide(this, draft, Review.Decision.RETURNED, note)
        this.tell(DraftReturned(version=draft.version))
    return this.question


def release(question_id: UUID, *, by: Actor, clock: Clock, seen: int | None = None) -> Answer:
    """Deliver the latest version to the asker: the reply clock stops at this instant.

    Where the office needs a second person, the releaser is neither the author of the version
    nor the one who sent it for review. Publication is proposed if the asker consented. A reopened
    question gets its second answer; the first one, its verdicts and its publication stay.
    Raises NotAllowed.
    """
    with turn(question_id, "release", by=by, clock=clock, seen=seen) as this:
        question = this.question
        draft = _latest(this)
        review = _decide(this, draft, Review.Decision.RELEASED, "") if question.state == State.REVIEW else None
        if hindrance := answer_hindrance(by.id, question, draft, review):
            raise NotAllowed(hindrance)
        days = calendar()
        question.rating_ends_at = question.closes_at = rating_ends(this.now, days)
        if question.reopen_due is not None:
            return _answer_again(this, draft)
        this.rule(stop(question, this.leg, ClockKind.REPLY, this.now))
        this.rule(stop(question, this.leg, ClockKind.PLAIN, this.now))
        question.answered_at = this.now
        question.closes_at = reopening_ends(this.now, days)
        if question.consents:
            question.publication = PUBLICATION.next_state(question.publication, "propose_publication")
        answer = Answer.objects.create(
            question=question,
            office=question.office,
            draft=draft,
            text=draft.text,
            text_key=secrets.token_bytes(32),
            released_by_id=by.id,
            released_at=this.now,
            working_days=working_days_taken(question.submitted_at, this.now, days),
            month=month_of(this.now),
        )
        this.tell(
            AnswerReleased(
                version=draft.version,
                office=str(question.office_id),
                text_commitment=commit(bytes(answer.text_key), answer.text),
                publication=question.publication,
            )
        )
        this.then(lambda: members_answered(this, answer))
    return answer


def _answer_again(this: Turn, draft: Draft) -> Answer:
    """Deliver the second answer of a reopened question; the first one stays as it was given."""
    this.rule(stop(this.question, this.leg, ClockKind.REOPEN, this.now))
    this.question.reopen_due = None
    this.question.told_at = None  # of the first answer, which is not this one
    key = secrets.token_bytes(32)
    Reopening.objects.filter(question=this.question).update(
        answer_text=draft.text, answer_key=key, answered_at=this.now
    )
    this.tell(
        ReopeningAnswered(
            version=draft.version,
            office=str(this.question.office_id),
            text_commitment=commit(key, draft.text),
        )
    )
    return this.question.answer


def _latest(this: Turn) -> Draft:
    draft = this.question.drafts.order_by("-version").first()
    if draft is None:
        raise NotAllowed(NO_DRAFT)
    return draft


def _decide(this: Turn, draft: Draft, decision: Review.Decision, note: str) -> Review:
    review = Review.objects.get(draft=draft, decision=Review.Decision.OPEN)
    review.decision = decision
    review.decided_by_id = this.by.id
    review.decided_at = this.now
    review.note = note
    review.save()
    return review
