"""More time, once: asked before the due date, granted one level up, and never hidden."""

from uuid import UUID

from portal.answers.actions.turns import Turn, turn
from portal.answers.events import ExtensionGranted, ExtensionRefused, ExtensionRequested
from portal.answers.models import Clarification, Decision, Extension, Question
from portal.answers.rules.deadlines import Pause, reply_deadline
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.workdays import Due, WorkCalendar
from portal.workdays.queries import calendar


def request_extension(
    question_id: UUID,
    *,
    working_days: int,
    reason: str,
    interim: str,
    by: Actor,
    clock: Clock,
    seen: int | None = None,
) -> Extension:
    """Ask the superior for at most seven working days more. interim: what asker and public read meanwhile.

    Raises NotAllowed once the reply is due, and for a second extension.
    """
    with turn(question_id, "request_extension", by=by, clock=clock, seen=seen) as this:
        extension = Extension.objects.create(
            question=this.question,
            working_days=working_days,
            reason=reason,
            interim=interim,
            requested_by_id=by.id,
            requested_at=this.now,
        )
        this.tell(ExtensionRequested(working_days=working_days))
    return extension


def approve_extension(question_id: UUID, *, by: Actor, clock: Clock, seen: int | None = None) -> Question:
    """Grant it: the reply clock runs on; the plain one keeps the date that was promised first.

    Raises NotAllowed once the reply is due: what was missed stays missed.
    """
    with turn(question_id, "approve_extension", by=by, clock=clock, seen=seen) as this:
        extension = _requested(this)
        _decide(this, extension, Decision.GRANTED)
        question = this.question
        split_plain(question)
        question.extended_by = extension.working_days
        days = calendar()
        due = deadline_of(question, days)
        question.reply_due, question.reply_provisional = due.instant, due.provisional
        this.tell(
            ExtensionGranted(
                working_days=extension.working_days,
                due=question.reply_due,
                plain_due=question.plain_due or question.reply_due,
                provisional=question.reply_provisional,
                calendar=days.version,
            )
        )
    return this.question


def refuse_extension(question_id: UUID, *, note: str, by: Actor, clock: Clock, seen: int | None = None) -> Question:
    """Refuse it; the date stands."""
    with turn(question_id, "refuse_extension", by=by, clock=clock, seen=seen) as this:
        extension = _requested(this)
        extension.note = note
        _decide(this, extension, Decision.REFUSED)
        this.tell(ExtensionRefused())
    return this.question


def split_plain(question: Question) -> None:
    """Keep the date first promised, before an extension or a pause moves the reply clock; the first time only."""
    if question.plain_due is None:
        question.plain_due, question.plain_provisional = question.reply_due, question.reply_provisional


def deadline_of(question: Question, days: WorkCalendar) -> Due:
    """Return the reply's end with the question's extension and its ended pause; never before the one promised."""
    clarification = Clarification.objects.filter(question=question, answered_at__isnull=False).first()
    pauses: list[Pause] = []
    if clarification and clarification.answered_at:
        pauses.append(Pause(clarification.asked_at, clarification.answered_at))
    due = reply_deadline(question.submitted_at, days, extension=question.extended_by, pauses=pauses)
    return due if due.instant >= question.reply_due else Due(question.reply_due, question.reply_provisional)


def _requested(this: Turn) -> Extension:
    return this.question.extensions.get(decision=Decision.OPEN)


def _decide(this: Turn, extension: Extension, decision: Decision) -> None:
    extension.decision = decision
    extension.decided_by_id = this.by.id
    extension.decided_at = this.now
    extension.save()
