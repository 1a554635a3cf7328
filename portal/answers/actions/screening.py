"""The centre: look at what came in, pass it on, or say why it is not for this channel."""

from uuid import UUID

from portal.accounts.models import Office
from portal.answers.actions.legs import back_to_centre, open_leg
from portal.answers.actions.merging import members_follow, members_freed
from portal.answers.actions.settling import running_clocks
from portal.answers.actions.turns import Turn, turn
from portal.answers.events import (
    QuestionDispatched,
    QuestionHandedOver,
    QuestionListed,
    QuestionNotAdmitted,
    QuestionRecalled,
    RefusalProposed,
    RefusalRejected,
    ScreeningStarted,
)
from portal.answers.models import Confidence, HandOver, Question, Refusal
from portal.answers.reasons import NAMES_SOMEBODY, NOT_AN_OFFICE, NOT_CLEARED, OFFICE_ACTED
from portal.answers.rules.confidence import telltales
from portal.answers.rules.verdicts import ClockKind, Outcome, Ruling
from portal.answers.signing import refusal_hindrance
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.permissions import NotAllowed


def screen(question_id: UUID, *, by: Actor, clock: Clock, seen: int | None = None) -> Question:
    """Begin to look at a question; the asker's page says so."""
    with turn(question_id, "screen", by=by, clock=clock, seen=seen) as this:
        this.tell(ScreeningStarted())
    return this.question


def dispatch(
    question_id: UUID,
    *,
    office_id: UUID,
    public_title: str,
    cleared_text: str = "",
    by: Actor,
    clock: Clock,
    seen: int | None = None,
) -> Question:
    """Give a question to an office, whose own 24 hours start; the asker's clocks run on.

    public_title: the title as the public may read it while the question waits; it is listed
    if the asker consented. cleared_text: of a confidential question, all that the office gets to
    read. Raises NotAllowed for an office that takes no questions, and without a clean wording.
    """
    with turn(question_id, "dispatch", by=by, clock=clock, seen=seen) as this:
        office = _taking_office(office_id)
        if this.question.confidential:
            _clear(this, cleared_text)
        leg, accept_due = open_leg(this, office)
        this.question.public_title = public_title if this.question.consents else ""
        this.tell(QuestionDispatched(leg=str(leg.pk), office=str(office.pk), leg_accept_due=accept_due))
        if this.question.consents:
            this.tell(QuestionListed())
        this.then(lambda: members_follow(this))
    return this.question


def recall(
    question_id: UUID, *, by: Actor, clock: Clock, seen: int | None = None, leg_id: UUID | None = None
) -> Question:
    """Take a dispatch back within ten minutes, unless the office has done something. All clocks run on.

    leg_id: the leg that the dispatch to be taken back began; a later one is left. Raises NotAllowed.
    """
    with turn(question_id, "recall", by=by, clock=clock, seen=seen) as this:
        if leg_id not in (None, this.leg.pk):
            raise NotAllowed(OFFICE_ACTED)
        from_office = str(this.question.office_id)
        leg = back_to_centre(this)
        this.question.public_title = ""
        this.tell(QuestionRecalled(leg=str(leg.pk), office=str(leg.office_id), from_office=from_office))
        this.then(lambda: members_follow(this))
    return this.question


def propose_refusal(
    question_id: UUID,
    *,
    reason: str,
    explanation: str,
    other_route: str,
    by: Actor,
    clock: Clock,
    seen: int | None = None,
) -> Question:
    """Propose not to admit a question. Where the centre needs no second person it is told at once."""
    with turn(question_id, "propose_refusal", by=by, clock=clock, seen=seen) as this:
        Refusal.objects.create(
            question=this.question,
            reason=reason,
            explanation=explanation,
            other_route=other_route,
            proposed_by_id=by.id,
            proposed_at=this.now,
        )
        this.tell(RefusalProposed(reason=reason))
    if not this.question.centre.refusals_need_review:
        return approve_refusal(question_id, by=by, clock=clock)
    return this.question


def approve_refusal(question_id: UUID, *, by: Actor, clock: Clock, seen: int | None = None) -> Question:
    """Tell the asker that the question is not admitted, why, and where to turn instead.

    Ends the acceptance clock with a verdict of its own kind and voids the reply clock.
    Raises NotAllowed for the person who proposed it, where a second person is needed.
    """
    with turn(question_id, "approve_refusal", by=by, clock=clock, seen=seen) as this:
        refusal = this.question.refusals.get(decision=Refusal.Decision.OPEN)
        _demand_second_person(this, refusal)
        _decide(refusal, Refusal.Decision.RELEASED, this)
        _not_for_us(this)
        this.tell(QuestionNotAdmitted(reason=refusal.reason))
        this.then(lambda: members_freed(this))
    return this.question


def hand_over(
    question_id: UUID, *, service: str, told: str, by: Actor, clock: Clock, seen: int | None = None
) -> Question:
    """Give it to police, fire service or ambulance at once: there is no time for a second signature.

    The centre calls the service itself; the asker reads `told` and the number to call. Counted
    like a question that is not admitted, with a reason of its own.
    """
    with turn(question_id, "hand_over", by=by, clock=clock, seen=seen) as this:
        HandOver.objects.create(
            question=this.question, service=service, told=told, handed_by_id=by.id, handed_at=this.now
        )
        _not_for_us(this)
        this.tell(QuestionHandedOver(service=service))
        this.then(lambda: members_freed(this))
    return this.question


def reject_refusal(question_id: UUID, *, note: str, by: Actor, clock: Clock, seen: int | None = None) -> Question:
    """Send a proposed refusal back: the question must be admitted."""
    with turn(question_id, "reject_refusal", by=by, clock=clock, seen=seen) as this:
        refusal = this.question.refusals.get(decision=Refusal.Decision.OPEN)
        _demand_second_person(this, refusal)
        refusal.decision_note = note
        _decide(refusal, Refusal.Decision.REJECTED, this)
        this.tell(RefusalRejected())
    return this.question


def _clear(this: Turn, text: str) -> None:
    """Keep the wording in which the office gets a confidential matter: the matter, without the people in it."""
    if not text:
        raise NotAllowed(NOT_CLEARED)
    if telltales(text):
        raise NotAllowed(NAMES_SOMEBODY)
    this.question.text = text
    Confidence.objects.filter(question=this.question).update(cleared_by_id=this.by.id, cleared_at=this.now)


def _not_for_us(this: Turn) -> None:
    """End the clocks that still run: acceptance with a verdict of its own, the reply with none."""
    for clock in running_clocks(this.question, this.leg):
        if clock.due > this.now or clock.provisional:
            outcome = Outcome.NOT_ADMITTED if clock.kind is ClockKind.ACCEPT else Outcome.VOID
            this.rule(Ruling(clock.kind, "", outcome, clock.due, this.now, str(this.leg.pk)))


def _taking_office(office_id: UUID) -> Office:
    office = Office.objects.filter(pk=office_id, is_active=True, takes_questions=True).first()
    if office is None:
        raise NotAllowed(NOT_AN_OFFICE)
    return office


def _demand_second_person(this: Turn, refusal: Refusal) -> None:
    if hindrance := refusal_hindrance(this.by.id, this.question, refusal):
        raise NotAllowed(hindrance)


def _decide(refusal: Refusal, decision: Refusal.Decision, this: Turn) -> None:
    refusal.decision = decision
    refusal.decided_by_id = this.by.id
    refusal.decided_at = this.now
    refusal.save()
