"""Everything about one question on one screen, in a fixed number of queries."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from portal.answers.models import Confided, Draft, Intake, Leg, Note, Question, Refusal, ReturnRequest, Review
from portal.answers.permissions import STEP_PERMISSION, P
from portal.answers.queries.circumstances import Circumstances, circumstances
from portal.answers.queries.timeline import Entry, timeline
from portal.answers.signing import answer_hindrance, draft_hindrance, receipt_hindrance, refusal_hindrance
from portal.answers.states import MACHINE, PUBLICATION, State
from portal.kernel.actors import Actor
from portal.kernel.permissions import Reason, can


@dataclass(frozen=True)
class Case:
    """A question with all that belongs to it and the steps that are open to the one who looks.

    hindered: steps that would be theirs, with what keeps them from it.
    confided: what was said in confidence, for its circle; who said it stays sealed here, too.
    is_in_touch: how the question came in and how the asker is told may be seen; of a confidential one by its circle.
    """

    question: Question
    legs: list[Leg]
    drafts: list[Draft]
    review: Review | None
    return_request: ReturnRequest | None
    refusal: Refusal | None
    notes: list[Note]
    timeline: list[Entry]
    steps: tuple[str, ...]
    hindered: dict[str, Reason]
    sees_contact: bool
    confided: Confided | None
    is_in_touch: bool
    met: Circumstances

    @property
    def latest_draft(self) -> Draft | None:
        """The newest version of the answer."""
        return self.drafts[-1] if self.drafts else None


def load_question(question_id: UUID) -> Question:
    """Return a question with what permissions read. Raises Question.DoesNotExist."""
    found = Question.objects.select_related(
        "office",
        "centre",
        "wished_office",
        "topic",
        "answer",
        "redaction",
        "clarification",
        "reopening",
        "hand_over",
        "exclusion_review__reviewed_by",
        "confidence__cleared_by",
        "intake__entered_by",
        "intake__checked_by",
        "intake__office",
        "lead",
        "emergency",
    )
    return found.prefetch_related("ratings").get(pk=question_id)


def case(question: Question, actor: Actor, now: datetime) -> Case:
    """Return the whole case for staff who may view it. `question` comes from `load_question`."""
    legs = list(question.legs.select_related("office", "accepted_by"))
    drafts = list(question.drafts.select_related("author"))
    reviews = Review.objects.filter(draft__question=question).select_related("requested_by", "decided_by", "draft")
    returns = ReturnRequest.objects.filter(leg__question=question).select_related("proposed_office", "requested_by")
    review = reviews.order_by("-pk").first()
    refusal = question.refusals.select_related("proposed_by", "decided_by").order_by("-pk").first()
    met = circumstances(question, legs[-1])
    in_touch = is_in_touch(actor, question)
    steps = open_steps(question, actor, legs[-1])
    signing = _hindrances(actor, question, drafts, review, refusal, met.intake)
    hindered = {step: reason for step, reason in signing if step in steps}
    hindered |= {step: reason for step in steps if (reason := met.hindrance(step, actor, now))}
    return Case(
        question=question,
        legs=legs if in_touch else [leg for leg in legs if leg.number > 1 or leg.office_id == question.centre_id],
        drafts=drafts,
        review=review,
        return_request=returns.order_by("-pk").first(),
        refusal=refusal,
        notes=list(question.notes.select_related("author")),
        timeline=timeline(question, for_staff=True, from_the_start=in_touch),
        steps=tuple(step for step in steps if step not in hindered),
        hindered=hindered,
        sees_contact=bool(can(actor, P.VIEW_CONTACT, question)),
        is_in_touch=in_touch,
        confided=matter_of(question) if can(actor, P.READ_CONFIDED, question) else None,
        met=met,
    )


def is_in_touch(actor: Actor, question: Question) -> bool:
    """Tell whether the actor may see where and how it was told: of a confidential question that leads to the person."""
    return not question.confidential or bool(can(actor, P.READ_CONFIDED, question))


def matter_of(question: Question) -> Confided | None:
    """Return what was said in confidence, without who said it; None of an ordinary question."""
    return replace(question.confidence.words, nickname="", relation="") if question.confidential else None


def _hindrances(
    actor: Actor,
    question: Question,
    drafts: list[Draft],
    review: Review | None,
    refusal: Refusal | None,
    intake: Intake | None,
) -> Iterator[tuple[str, Reason]]:
    if question.state == State.DRAFTING and drafts and (reason := draft_hindrance(drafts[-1])):
        yield "submit_for_review", reason
    if question.state in (State.DRAFTING, State.REVIEW) and drafts:
        open_review = review if question.state == State.REVIEW else None
        if reason := answer_hindrance(actor.id, question, drafts[-1], open_review):
            yield "release", reason
    if (
        question.state == State.REFUSAL_REVIEW
        and refusal
        and (reason := refusal_hindrance(actor.id, question, refusal))
    ):
        yield from (("approve_refusal", reason), ("reject_refusal", reason))
    if intake and (reason := receipt_hindrance(actor.id, intake)):
        yield from (("confirm_receipt", reason), ("correct_receipt", reason))


def askers_steps(met: Circumstances, actor: Actor, now: datetime) -> frozenset[str]:
    """Return what is open to the asker on the page of the question."""
    steps = open_steps(met.question, actor, None)
    return frozenset(step for step in steps if met.hindrance(step, actor, now) is None)


def open_steps(question: Question, actor: Actor, leg: Leg | None) -> tuple[str, ...]:
    """Return the names of the steps that table, permission and leg leave open to `actor`."""
    wrong_return = "refuse_return" if leg and leg.accepted_at else "refuse_return_after_acceptance"

    def allows(step: Any) -> bool:
        return step.name != wrong_return and bool(can(actor, STEP_PERMISSION[step.name], question))

    steps = [step.name for step in MACHINE.open_steps(question.state, allows)]
    steps += [
        step.name
        for step in PUBLICATION.open_steps(question.publication)
        if step.name in STEP_PERMISSION and can(actor, STEP_PERMISSION[step.name], question)
    ]
    return tuple(steps)
