"""After the answer, or instead of it: the asker's verdict, a withdrawal, the end."""

from uuid import UUID

from portal.answers.actions.merging import members_freed
from portal.answers.actions.turns import turn
from portal.answers.events import QuestionClosed, QuestionRated, QuestionWithdrawn
from portal.answers.models import Question, Rating, Reopening
from portal.answers.reasons import RATING_OVER
from portal.answers.states import State
from portal.kernel.actors import Actor, system
from portal.kernel.clock import Clock
from portal.kernel.permissions import NotAllowed

BATCH = 200


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
        ends_at = this.question.rating_ends_at
        if ends_at is not None and this.now >= ends_at:
            raise NotAllowed(RATING_OVER)
        rating = Rating.objects.create(
            question=this.question,
            of_reopening=Reopening.objects.filter(question=this.question, answered_at__isnull=False).exists(),
            resolved=resolved,
            satisfaction=satisfaction,
            comment=comment,
            rated_at=this.now,
        )
        this.tell(QuestionRated(resolved=resolved, satisfaction=satisfaction))
    return rating


def withdraw(question_id: UUID, *, by: Actor, clock: Clock, seen: int | None = None) -> Question:
    """Take the question back. A clock that was still in time ends without verdict; a breach stands."""
    with turn(question_id, "withdraw", by=by, clock=clock, seen=seen) as this:
        this.question.paused_at = this.question.lapses_at = None
        this.tell(QuestionWithdrawn())
        this.then(lambda: members_freed(this))
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
