"""A second person looks at a time of receipt that was stated late: right, or corrected with a reason."""

from datetime import datetime
from uuid import UUID

from portal.answers.actions.merging import lead_locked, measure
from portal.answers.actions.settling import holders_of, running_clocks
from portal.answers.actions.turns import Turn, turn
from portal.answers.events import ReceiptConfirmed, ReceiptCorrected
from portal.answers.models import Answer, Clarification, Intake, Leg, Question, Verdict
from portal.answers.reasons import CORRECTED_TOO_LATE, RECEIPT_TOO_OLD
from portal.answers.rules.deadlines import Pause, working_days_taken
from portal.answers.rules.receipts import Running, counted_from, is_too_old, latest_possible
from portal.answers.rules.verdicts import ClockKind, Outcome, breaches
from portal.answers.signing import receipt_hindrance
from portal.answers.states import State
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.permissions import NotAllowed
from portal.workdays.queries import calendar


def confirm_receipt(question_id: UUID, *, by: Actor, clock: Clock, seen: int | None = None) -> Question:
    """Find the stated time right; no date moves. Raises NotAllowed for whoever entered it."""
    with turn(question_id, "confirm_receipt", by=by, clock=clock, seen=seen) as this:
        _decide(this, Intake.Check.CONFIRMED, "")
        this.tell(ReceiptConfirmed())
    return this.question


def correct_receipt(
    question_id: UUID, *, received_at: datetime, reason: str, by: Actor, clock: Clock, seen: int | None = None
) -> Question:
    """Set the time of receipt right: the clocks that have no verdict yet run from there, and the asker is told.

    An earlier time may bring out that a limit was missed; a verdict that stands keeps its date. After the answer
    no clock runs from it any more: it says when the person spoke, and how many days the answer took.
    Raises NotAllowed for whoever entered it, and for a time that cannot be.
    """
    with lead_locked(question_id) as lead, turn(question_id, "correct_receipt", by=by, clock=clock, seen=seen) as this:
        intake = _decide(this, Intake.Check.CORRECTED, reason)
        judged = Verdict.objects.filter(question=this.question, leg=None)
        missed = judged.filter(outcome=Outcome.LATE).values_list("due", flat=True)
        if received_at > latest_possible(intake.recorded_at, missed):
            raise NotAllowed(CORRECTED_TOO_LATE)
        if is_too_old(received_at, intake.recorded_at):
            raise NotAllowed(RECEIPT_TOO_OLD)
        _run_from(this, received_at, frozenset(judged.values_list("clock", flat=True)))
        if lead and this.question.state == State.MERGED:
            this.then(lambda: measure(lead))
    return this.question


def _decide(this: Turn, check: Intake.Check, reason: str) -> Intake:
    intake: Intake = this.question.intake
    if hindrance := receipt_hindrance(this.by.id, intake):
        raise NotAllowed(hindrance)
    intake.check_state = check
    intake.checked_by_id = this.by.id
    intake.checked_at = this.now
    intake.check_reason = reason
    intake.save()
    return intake


def _run_from(this: Turn, received_at: datetime, judged: frozenset[str]) -> None:
    question, days = this.question, calendar()
    kinds = frozenset(clock.kind for clock in running_clocks(question, this.leg) if not clock.leg) - judged
    ends = counted_from(received_at, Running(kinds, question.extended_by, _pauses(question)), days)
    before = (question.accept_due, question.reply_due)
    question.submitted_at = received_at
    if ClockKind.ACCEPT in ends:
        question.accept_due = ends[ClockKind.ACCEPT].instant
    if due := ends.get(ClockKind.REPLY):
        question.reply_due, question.reply_provisional = due.instant, due.provisional
    if due := ends.get(ClockKind.PLAIN):
        question.plain_due, question.plain_provisional = due.instant, due.provisional
    question.calendar = days.version
    # Whoever held it first held it from the moment on that it was told.
    Leg.objects.filter(question=question, number=1).update(started_at=received_at)
    if question.answered_at:
        taken = working_days_taken(received_at, question.answered_at, days)
        Answer.objects.filter(question=question).update(working_days=taken)
    this.tell(
        ReceiptCorrected(
            received_at=received_at,
            accept_due=question.accept_due,
            reply_due=question.reply_due,
            reply_provisional=question.reply_provisional,
            plain_due=question.plain_due,
            plain_provisional=question.plain_provisional,
            calendar=days.version,
            moved=(question.accept_due, question.reply_due) != before,
        )
    )
    moved = [clock for clock in running_clocks(question, this.leg) if not clock.leg and clock.kind in ends]
    for ruling in breaches(moved, holders_of(question), this.now):
        this.rule(ruling)


def _pauses(question: Question) -> tuple[Pause, ...]:
    waited = Clarification.objects.filter(question=question, answered_at__isnull=False).first()
    return (Pause(waited.asked_at, waited.answered_at),) if waited and waited.answered_at else ()
