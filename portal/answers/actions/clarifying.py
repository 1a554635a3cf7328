"""A word from the asker: the office asks once, and its clock stands still until the answer comes."""

from uuid import UUID

from portal.answers.actions.extending import deadline_of, split_plain
from portal.answers.actions.merging import members_freed
from portal.answers.actions.settling import running_clocks
from portal.answers.actions.turns import turn
from portal.answers.events import ClockPaused, ClockResumed, QuestionLapsed
from portal.answers.models import Clarification, Question
from portal.answers.rules.deadlines import lapses_at
from portal.answers.rules.verdicts import ClockKind, Outcome, Ruling
from portal.answers.states import State
from portal.kernel.actors import Actor, system
from portal.kernel.clock import Clock
from portal.workdays.queries import calendar

BATCH = 200


def ask_asker(question_id: UUID, *, text: str, by: Actor, clock: Clock, seen: int | None = None) -> Question:
    """Ask the asker for something that only the asker knows; the reply clock stands still from now on.

    Once per question, not in the last working day and not after the due date. The plain clock,
    by which the office is compared with others, runs on. Raises NotAllowed.
    """
    with turn(question_id, "ask_asker", by=by, clock=clock, seen=seen) as this:
        question, days = this.question, calendar()
        Clarification.objects.create(question=question, text=text, asked_by_id=by.id, asked_at=this.now)
        split_plain(question)
        question.paused_at = this.now
        question.lapses_at = lapses_at(this.now, days)
        this.tell(ClockPaused(plain_due=question.plain_due or question.reply_due, lapses_at=question.lapses_at))
    return this.question


def supply(question_id: UUID, *, text: str, by: Actor, clock: Clock, seen: int | None = None) -> Question:
    """Answer the office's question; the reply clock runs on, as many working days later as it stood still.

    Raises NotAllowed after the time for it.
    """
    with turn(question_id, "supply", by=by, clock=clock, seen=seen) as this:
        question = this.question
        asked: Clarification = question.clarification
        asked.answer, asked.answered_at = text, this.now
        asked.save(update_fields=["answer", "answered_at"])
        question.paused_at = question.lapses_at = None
        days = calendar()
        due = deadline_of(question, days)
        question.reply_due, question.reply_provisional = due.instant, due.provisional
        this.tell(ClockResumed(due=question.reply_due, provisional=question.reply_provisional, calendar=days.version))
    return this.question


def lapse_due(clock: Clock) -> int:
    """End the questions whose askers have not answered within ten working days. A tick.

    It ends at the last instant for an answer, however late the tick comes.
    """
    waiting = Question.objects.filter(state=State.WAITING_ASKER, lapses_at__lte=clock.now())
    over = list(waiting.order_by("lapses_at").values_list("pk", flat=True)[:BATCH])
    for question_id in over:
        _lapse(question_id, clock)
    return len(over)


def _lapse(question_id: UUID, clock: Clock) -> None:
    with turn(question_id, "lapse", by=system("clock"), clock=clock) as this:
        question = this.question
        ended_at = question.lapses_at or this.now
        question.paused_at = question.lapses_at = None
        for running in running_clocks(question, this.leg):
            # The reply clock stood still, so whatever its date says, nothing was missed.
            if running.kind is ClockKind.REPLY or running.due > ended_at:
                this.rule(Ruling(running.kind, running.leg, Outcome.VOID, running.due, ended_at, str(this.leg.pk)))
        question.ended_at = ended_at
        this.tell(QuestionLapsed(occurred_at=ended_at))
        this.then(lambda: members_freed(this))
