"""After the answer, or instead of it: the asker's verdict, a withdrawal, the end."""

from datetime import datetime
from uuid import UUID

from portal.answers.actions.merging import lead_locked, measure, members_freed
from portal.answers.actions.turns import Turn, turn
from portal.answers.events import AnswerTold, QuestionClosed, QuestionRated, QuestionWithdrawn
from portal.answers.models import Question, Rating, Reopening
from portal.answers.reasons import TOLD_AHEAD
from portal.answers.states import State
from portal.kernel.actors import Actor, system
from portal.kernel.clock import Clock
from portal.kernel.permissions import NotAllowed

BATCH = 200


def _rating(this: Turn, resolved: str, satisfaction: int, comment: str, written_by: str | None = None) -> Rating:
    rating: Rating = Rating.objects.create(
        question=this.question,
        of_reopening=Reopening.objects.filter(question=this.question, answered_at__isnull=False).exists(),
        resolved=resolved,
        satisfaction=satisfaction,
        comment=comment,
        rated_at=this.now,
        written_by_id=written_by,
    )
    return rating


def rate(
    question_id: UUID,
    *,
    resolved: str,
    satisfaction: int,
    comment: str,
    by: Actor,
    clock: Clock,
    seen: int | None = None,
) -> Rating:
    """Record the asker's verdict, once, within ten working days of the answer. Raises NotAllowed."""
    with turn(question_id, "rate", by=by, clock=clock, seen=seen) as this:
        rating = _rating(this, resolved, satisfaction, comment)
        this.tell(QuestionRated(resolved=resolved, satisfaction=satisfaction))
    return rating


def rate_told(
    question_id: UUID,
    *,
    resolved: str,
    satisfaction: int,
    comment: str,
    by: Actor,
    clock: Clock,
    seen: int | None = None,
) -> Rating:
    """Write down the verdict of an asker who told it to the centre; the office that answered cannot. Raises NotAllowed."""
    with turn(question_id, "rate_told", by=by, clock=clock, seen=seen) as this:
        rating = _rating(this, resolved, satisfaction, comment, written_by=by.id)
        this.tell(QuestionRated(resolved=resolved, satisfaction=satisfaction, told=True))
    return rating


def tell_answer(
    question_id: UUID, *, way: str, told_at: datetime | None, by: Actor, clock: Clock, seen: int | None = None
) -> Question:
    """Note that staff have told the asker the answer. The reply clock stopped with the release.

    way: a code of `WAYS_OF_TELLING`. told_at: when, if not now. Raises NotAllowed for a time before the answer.
    """
    with turn(question_id, "tell_answer", by=by, clock=clock, seen=seen) as this:
        again = Reopening.objects.filter(question=this.question, answered_at__isnull=False).first()
        answered_at = again.answered_at if again else this.question.answered_at
        at = told_at or this.now
        if at > this.now or (answered_at is not None and at < answered_at):
            raise NotAllowed(TOLD_AHEAD)
        this.question.told_at = at
        this.tell(AnswerTold(way=way, occurred_at=at))
    return this.question


def withdraw(question_id: UUID, *, by: Actor, clock: Clock, seen: int | None = None) -> Question:
    """Take the question back. A clock that was still in time ends without verdict; a breach stands."""
    with lead_locked(question_id) as lead, turn(question_id, "withdraw", by=by, clock=clock, seen=seen) as this:
        this.question.paused_at = this.question.lapses_at = None
        this.tell(QuestionWithdrawn())
        this.then(lambda: members_freed(this))
        if lead:
            this.then(lambda: measure(lead))
    return this.question


def close_due(clock: Clock) -> int:
    """Close what may no longer be rated nor reopened: not rated means "not rated", never "satisfied".

    A tick; the end lies at the last instant for either, however late the tick comes.
    """
    over = Question.objects.filter(state__in=[State.ANSWERED, State.RATED], closes_at__lte=clock.now()).values_list(
        "pk", "state"
    )[:BATCH]
    for question_id, state in over:
        with turn(question_id, "close", by=system("clock"), clock=clock) as this:
            this.tell(QuestionClosed(rated=state == State.RATED, occurred_at=this.question.closes_at))
    return len(over)
