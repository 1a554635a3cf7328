"""A second look: the asker says that it is not settled, one level up decides, the office answers again."""

from uuid import UUID

from portal.answers.actions.turns import Turn, turn
from portal.answers.events import QuestionReopened, ReopeningRefused, ReopeningRequested
from portal.answers.models import Decision, Question, Reopening
from portal.answers.rules.deadlines import reopened_deadline
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.workdays.queries import calendar


def request_reopening(question_id: UUID, *, reason: str, by: Actor, clock: Clock, seen: int | None = None) -> Question:
    """Ask for a second look, once, within fifteen working days, after a poor verdict. Raises NotAllowed.

    Who gave no verdict and was called back has as long from the call on.
    """
    with turn(question_id, "request_reopening", by=by, clock=clock, seen=seen) as this:
        _request(this, reason)
    return this.question


def request_reopening_by_call(
    question_id: UUID, *, reason: str, by: Actor, clock: Clock, seen: int | None = None
) -> Question:
    """Write down what an asker asks for on the telephone, whom the centre has called back. Raises NotAllowed."""
    with turn(question_id, "reopen_by_call", by=by, clock=clock, seen=seen) as this:
        _request(this, reason)
    return this.question


def _request(this: Turn, reason: str) -> None:
    Reopening.objects.create(question=this.question, reason=reason, requested_at=this.now)
    this.tell(ReopeningRequested())


def approve_reopening(question_id: UUID, *, by: Actor, clock: Clock, seen: int | None = None) -> Question:
    """Open it again: five working days of its own start now, and the first verdicts stand."""
    with turn(question_id, "approve_reopening", by=by, clock=clock, seen=seen) as this:
        _decide(this, Decision.GRANTED, "")
        days = calendar()
        due = reopened_deadline(this.now, days)
        this.question.reopen_due, this.question.reopen_provisional = due.instant, due.provisional
        this.tell(QuestionReopened(due=due.instant, provisional=due.provisional, calendar=days.version))
    return this.question


def refuse_reopening(question_id: UUID, *, note: str, by: Actor, clock: Clock, seen: int | None = None) -> Question:
    """Let the answer stand and tell the asker why; that ends the matter here."""
    with turn(question_id, "refuse_reopening", by=by, clock=clock, seen=seen) as this:
        _decide(this, Decision.REFUSED, note)
        this.tell(ReopeningRefused())
    return this.question


def _decide(this: Turn, decision: Decision, note: str) -> None:
    reopening: Reopening = this.question.reopening
    reopening.decision = decision
    reopening.decided_by_id = this.by.id
    reopening.decided_at = this.now
    reopening.note = note
    reopening.save()
