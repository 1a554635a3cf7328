"""What the figures leave out is looked at again by somebody outside the office that held it.

An exclusion that does not hold counts as a missed promise: otherwise not to admit a question, or to
let it lapse, would be the cheapest way to keep every promise (docs/decisions/0017).
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from portal.answers.actions.settling import locked
from portal.answers.actions.telling import tell
from portal.answers.events import ExclusionObjected, ExclusionUpheld
from portal.answers.models import ExclusionReview, HandOver, Question, Refusal, Verdict
from portal.answers.permissions import P
from portal.answers.reasons import NOT_EXCLUDED, REVIEWED_ALREADY, SECOND_PERSON
from portal.answers.rules.verdicts import Outcome
from portal.answers.states import EXCLUDED, State
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.permissions import NotAllowed, demand
from portal.kernel.workdays import month_of

Decision = ExclusionReview.Decision


def uphold(question_id: UUID, *, by: Actor, clock: Clock) -> ExclusionReview:
    """Say that it was rightly left out. Raises NotAllowed."""
    return _review(question_id, Decision.UPHELD, "", by=by, clock=clock)


def object_to(question_id: UUID, *, note: str, by: Actor, clock: Clock) -> ExclusionReview:
    """Say that it should have been answered: it counts as missed, and the office is told. Raises NotAllowed."""
    return _review(question_id, Decision.OBJECTED, note, by=by, clock=clock)


def uphold_many(question_ids: Sequence[UUID], *, by: Actor, clock: Clock) -> tuple[int, int]:
    """Uphold several, each in a transaction of its own; return how many were and how many were left."""
    done = 0
    for question_id in question_ids:
        try:
            uphold(question_id, by=by, clock=clock)
        except NotAllowed:
            continue
        done += 1
    return done, len(question_ids) - done


def _review(question_id: UUID, decision: Decision, note: str, *, by: Actor, clock: Clock) -> ExclusionReview:
    with transaction.atomic():
        question = locked(question_id)
        now = clock.now()
        demand(by, P.REVIEW_EXCLUSION, question)
        _refuse_unfit(question, by)
        objected = decision == Decision.OBJECTED
        review: ExclusionReview = ExclusionReview.objects.create(
            question=question,
            office=question.office,
            month=month_of(question.ended_at or now),
            decision=decision,
            adds_missed=objected and not _is_missed_already(question),
            note=note,
            reviewed_by_id=by.id,
            reviewed_at=now,
        )
        told = ExclusionObjected(adds_missed=review.adds_missed) if objected else ExclusionUpheld()
        tell(question, [told], by=by, at=now)
    return review


def _refuse_unfit(question: Question, by: Actor) -> None:
    if question.state not in EXCLUDED:
        raise NotAllowed(NOT_EXCLUDED)
    if ExclusionReview.objects.filter(question=question).exists():
        raise NotAllowed(REVIEWED_ALREADY)
    refusals = Refusal.objects.filter(question=question).values_list("proposed_by", "decided_by")
    hand_overs = HandOver.objects.filter(question=question).values_list("handed_by")
    if by.id in {str(person) for row in (*refusals, *hand_overs) for person in row}:
        raise NotAllowed(SECOND_PERSON)


def _is_missed_already(question: Question) -> bool:
    """Tell whether its plain date counts as missed in the figures; of a lapsed question it does not."""
    missed = Verdict.objects.filter(question=question, is_headline=True, outcome=Outcome.LATE)
    return question.state != State.LAPSED and missed.exists()
