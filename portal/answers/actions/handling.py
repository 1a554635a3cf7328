"""The office takes a question on, or says that another one is right."""

from datetime import datetime
from uuid import UUID

from portal.accounts.models import Office
from portal.answers.actions.legs import open_leg
from portal.answers.actions.merging import members_accepted, members_follow
from portal.answers.actions.settling import stop
from portal.answers.actions.turns import Turn, turn
from portal.answers.events import QuestionAccepted, QuestionTransferred, ReturnRefused, ReturnRequested
from portal.answers.models import Leg, Question, ReturnRequest
from portal.answers.reasons import NOT_AN_OFFICE, SAME_OFFICE
from portal.answers.rules.verdicts import ClockKind
from portal.kernel.actors import Actor, system
from portal.kernel.clock import Clock, FixedClock
from portal.kernel.permissions import NotAllowed
from portal.kernel.workdays import month_of

# Stored with the leg, in the source language like everything that staff write.
SECOND_RETURN = "第二次申请退回，按规则转兜底承办单位。"


def accept(question_id: UUID, *, by: Actor, clock: Clock, seen: int | None = None) -> Question:
    """Accept for the office. Stops the asker's acceptance clock once and for good, and the leg's own."""
    with turn(question_id, "accept", by=by, clock=clock, seen=seen) as this:
        first = this.question.accepted_at is None
        this.rule(stop(this.question, this.leg, ClockKind.ACCEPT, this.now))
        this.rule(stop(this.question, this.leg, ClockKind.ACCEPT, this.now, of_leg=True))
        this.leg.accepted_at = this.now
        this.leg.accepted_by_id = by.id
        this.leg.save(update_fields=["accepted_at", "accepted_by"])
        if first:
            this.question.accepted_at = this.now
        this.tell(QuestionAccepted(leg=str(this.leg.pk), office=str(this.question.office_id), first=first))
        this.then(lambda: members_accepted(this))
    return this.question


def request_return(
    question_id: UUID,
    *,
    reason: str,
    proposed_office_id: UUID | None,
    by: Actor,
    clock: Clock,
    seen: int | None = None,
) -> Question:
    """Ask the dispatcher to take it back, within one working day of receipt. No clock stops.

    A second office that says so is one too many: the question goes to the centre's fall-back
    office at once, and that one keeps it. Raises NotAllowed.
    """
    with turn(question_id, "request_return", by=by, clock=clock, seen=seen) as this:
        fallback = this.question.centre.fallback
        is_second = ReturnRequest.objects.filter(leg__question=this.question).exclude(leg=this.leg).exists()
        ReturnRequest.objects.create(
            leg=this.leg,
            reason=reason,
            proposed_office_id=proposed_office_id,
            requested_by_id=by.id,
            requested_at=this.now,
        )
        this.tell(ReturnRequested(leg=str(this.leg.pk), proposed_office=str(proposed_office_id or "")))
        if is_second and fallback is not None:
            this.then(lambda: _fall_back(this, fallback))
    return Question.objects.select_related("office", "centre").get(pk=question_id)


def refuse_return(question_id: UUID, *, reason: str, by: Actor, clock: Clock, seen: int | None = None) -> Question:
    """Leave it with the office, which goes on where it stood."""
    accepted = Leg.objects.filter(question_id=question_id, ended_at=None, accepted_at__isnull=False).exists()
    step = "refuse_return_after_acceptance" if accepted else "refuse_return"
    with turn(question_id, step, by=by, clock=clock, seen=seen) as this:
        _decide_return(this.leg, ReturnRequest.Decision.REFUSED, reason, this.now)
        this.tell(ReturnRefused(leg=str(this.leg.pk)))
    return this.question


def transfer(
    question_id: UUID, *, office_id: UUID, reason: str, by: Actor, clock: Clock, seen: int | None = None
) -> Question:
    """Give it to another office: on a request to return it, or to mend a wrong dispatch.

    The asker's two dates stand; the new office has 24 hours of its own to accept, but not
    beyond the reply date while that is ahead.
    """
    with turn(question_id, "transfer", by=by, clock=clock, seen=seen) as this:
        office = Office.objects.filter(pk=office_id, is_active=True, takes_questions=True).first()
        if office is None:
            raise NotAllowed(NOT_AN_OFFICE)
        if office.pk == this.question.office_id:
            raise NotAllowed(SAME_OFFICE)
        _pass_on(this, office, reason)
    return this.question


def _fall_back(returned: Turn, office: Office) -> None:
    by, clock = system("fall_back"), FixedClock(returned.now)
    with turn(returned.question.pk, "fall_back", by=by, clock=clock, within=returned) as this:
        _pass_on(this, office, SECOND_RETURN)


def _pass_on(this: Turn, office: Office, reason: str) -> None:
    from_office = str(this.question.office_id)
    _decide_return(this.leg, ReturnRequest.Decision.TRANSFERRED, reason, this.now)
    leg, accept_due = open_leg(this, office, reason)
    this.tell(
        QuestionTransferred(leg=str(leg.pk), office=str(office.pk), from_office=from_office, leg_accept_due=accept_due)
    )
    this.then(lambda: members_follow(this))


def _decide_return(leg: Leg, decision: ReturnRequest.Decision, reason: str, now: datetime) -> None:
    leg.return_requests.filter(decision=ReturnRequest.Decision.OPEN).update(
        decision=decision, decision_reason=reason, decided_at=now, month=month_of(now)
    )
