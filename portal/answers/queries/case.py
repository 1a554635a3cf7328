"""Everything about one question on one screen, in a fixed number of queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from portal.answers.models import Draft, Leg, Note, Question, Refusal, ReturnRequest, Review
from portal.answers.permissions import STEP_PERMISSION, P
from portal.answers.queries.circumstances import Circumstances, circumstances
from portal.answers.queries.timeline import Entry, timeline
from portal.answers.signing import answer_hindrance, refusal_hindrance
from portal.answers.states import MACHINE, PUBLICATION, State
from portal.kernel.actors import Actor
from portal.kernel.permissions import Reason, can


@dataclass(frozen=True)
class Case:
    """A question with all that belongs to it and the steps that are open to the one who looks.

    hindered: steps that would be theirs, with what keeps them from it.
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
    met: Circumstances

    @property
    def latest_draft(self) -> Draft | None:
        """The newest version of the answer."""
        return self.drafts[-1] if self.drafts else None


def load_question(question_id: UUID) -> Question:
    """Return a question with what permissions read. Raises Question.DoesNotExist."""
    return Question.objects.select_related(
        "office",
        "centre",
        "wished_office",
        "topic",
        "answer",
        "redaction",
        "clarification",
        "reopening",
        "hand_over",
        "lead",
        "emergency",
    ).get(pk=question_id)


def case(question: Question, actor: Actor, now: datetime) -> Case:
    """Return the whole case for staff who may view it. `question` comes from `load_question`."""
    legs = list(question.legs.select_related("office", "accepted_by"))
    drafts = list(question.drafts.select_related("author"))
    reviews = Review.objects.filter(draft__question=question).select_related("requested_by", "decided_by", "draft")
    returns = ReturnRequest.objects.filter(leg__question=question).select_related("proposed_office", "requested_by")
    review = reviews.order_by("-pk").first()
    refusal = question.refusals.select_related("proposed_by", "decided_by").order_by("-pk").first()
    met = circumstances(question)
    shut = met.shut(question, actor, now)
    steps = [step for step in open_steps(question, actor, legs[-1] if legs else None) if step not in shut]
    hindered = {step: reason for step, reason in _hindrances(actor, question, drafts, review, refusal) if step in steps}
    return Case(
        question=question,
        legs=legs,
        drafts=drafts,
        review=review,
        return_request=returns.order_by("-pk").first(),
        refusal=refusal,
        notes=list(question.notes.select_related("author")),
        timeline=timeline(question, for_staff=True),
        steps=tuple(step for step in steps if step not in hindered),
        hindered=hindered,
        sees_contact=bool(can(actor, P.VIEW_CONTACT, question)),
        met=met,
    )


def _hindrances(
    actor: Actor, question: Question, drafts: list[Draft], review: Review | None, refusal: Refusal | None
) -> Iterator[tuple[str, Reason]]:
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
