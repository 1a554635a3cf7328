"""The centre calls back: take a call and see the number, telephone, write down how it went.

Whoever writes the result is the one who took the call. A result stands beside the asker's own verdict and
never instead of it. Each write locks the question, then the call.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from portal.answers.actions.reopening import request_reopening_by_call
from portal.answers.actions.settling import locked
from portal.answers.actions.telling import Letter, letter, post
from portal.answers.events import AskerCalledBack, CallBackFailed, CallTaken, CallTried
from portal.answers.models import CallAttempt, CallBack, Question, Rating
from portal.answers.permissions import P
from portal.answers.reasons import CALLS_OVER, GOOD_VERDICT, NO_TELEPHONE, NOT_TAKEN, TAKEN, TRY_LATER
from portal.answers.rules.aftermath import is_poor
from portal.answers.rules.deadlines import reopening_ends
from portal.answers.states import CALL_BACK
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock, FixedClock
from portal.kernel.events import Event
from portal.kernel.permissions import NotAllowed, demand
from portal.workdays.queries import calendar

Outcome = CallAttempt.Outcome


@dataclass
class _Calling:
    """A locked call-back, its question, and the instant that was read after both locks."""

    call: CallBack
    question: Question
    by: Actor
    now: datetime

    def about_call(self, event: Event) -> Letter:
        """Address an event to nobody's desk: that an asker is called is not for the office to know."""
        return Letter(self.call.ref, (event,), self.by, self.now)


def take_call(call_id: UUID, *, by: Actor, clock: Clock) -> str:
    """Return the number to call, after having written down who looks at it; nobody else may call meanwhile.

    Raises NotAllowed: for the office that answered, while somebody else has it, before the time for
    another try, and where there is no number. Raises IllegalStep when the call is over.
    """
    with _calling(call_id, by, clock) as this:
        call = this.call
        CALL_BACK.next_state(call.state, "reach")
        held = call.taken_at is not None and this.now < call.taken_at + settings.ANSWERS_CALL_BACKS["hold"]
        if held and str(call.taken_by_id) != by.id:
            raise NotAllowed(TAKEN)
        if call.not_before is not None and this.now < call.not_before:
            raise NotAllowed(TRY_LATER)
        telephone = this.question.telephone
        if telephone is None:
            raise NotAllowed(NO_TELEPHONE)
        call.taken_by_id, call.taken_at = UUID(by.id), this.now
        call.save(update_fields=["taken_by", "taken_at"])
        post([this.about_call(CallTaken(question=str(this.question.pk)))])
    return telephone.value


def record_try(call_id: UUID, *, outcome: str, note: str, by: Actor, clock: Clock) -> CallBack:
    """Write down a call that brought no verdict. outcome: a code of `CallAttempt.Outcome` other than "reached".

    Who was tried in vain as often as the setting says counts as not reached; a wrong number, at once.
    Raises NotAllowed, and IllegalStep when somebody else has brought the call to an end.
    """
    with _calling(call_id, by, clock) as this:
        number = this.call.attempts.count() + 1
        step = _step(outcome, is_last=number >= settings.ANSWERS_CALL_BACKS["attempts"])
        letters = [_try(this, number, step, outcome, note)]
        if step == "no_answer":
            this.call.not_before = this.now + settings.ANSWERS_CALL_BACKS["apart"]
            this.call.taken_by = this.call.taken_at = None
            this.call.save()
        else:
            letters.append(failed(this.question, this.call, step, by=by, now=this.now))
        post(letters)
    return this.call


def record_result(
    call_id: UUID,
    *,
    resolved: str,
    satisfaction: int,
    comment: str,
    reopening: str,
    note: str,
    by: Actor,
    clock: Clock,
) -> Rating:
    """Write down what the asker said. reopening: what is not settled, in the asker's words, if a second look is wanted.

    A poor verdict gives the asker the right to that for as long from now on as after an answer.
    Raises NotAllowed, and IllegalStep when somebody else has brought the call to an end.
    """
    with _calling(call_id, by, clock) as this:
        call, question = this.call, this.question
        tried = _try(this, call.attempts.count() + 1, "reach", Outcome.REACHED, note)
        poor = is_poor(resolved, satisfaction)
        if reopening and not poor:
            raise NotAllowed(GOOD_VERDICT)
        rating = Rating.objects.create(
            question=question,
            source=Rating.Source.CALL_BACK,
            resolved=resolved,
            satisfaction=satisfaction,
            comment=comment,
            rated_at=this.now,
        )
        call.rating = rating
        _end(call, "reach", this.now)
        question.version += 1
        if poor:
            question.closes_at = reopening_ends(this.now, calendar())
        question.save(update_fields=["version", "closes_at"])
        verdict = AskerCalledBack(resolved=resolved, satisfaction=satisfaction)
        post([tried, letter(question, [verdict], by=by, at=this.now)])
        if reopening:  # after its cause; it locks nothing that is not ours already
            request_reopening_by_call(question.pk, reason=reopening, by=by, clock=FixedClock(this.now))
    return rating


def failed(
    question: Question, call: CallBack, step: str, *, by: Actor, now: datetime, at: datetime | None = None
) -> Letter:
    """Bring a locked call to an end without a verdict; return what to post. at: when it ended, if not now.

    Raises IllegalStep.
    """
    _end(call, step, at or now)
    return letter(question, [CallBackFailed(outcome=call.state, occurred_at=at)], by=by, at=now)


def _step(outcome: str, *, is_last: bool) -> str:
    if outcome == Outcome.NO_ANSWER:
        return "give_up" if is_last else "no_answer"
    return {Outcome.REFUSED.value: "refuse", Outcome.WRONG_NUMBER.value: "give_up"}[outcome]


def _try(this: _Calling, number: int, step: str, outcome: str, note: str) -> Letter:
    """Keep who telephoned and how it went; return what to post."""
    CALL_BACK.next_state(this.call.state, step)
    if str(this.call.taken_by_id or "") != this.by.id:
        raise NotAllowed(NOT_TAKEN)
    CallAttempt.objects.create(
        call=this.call, number=number, outcome=outcome, note=note, called_by_id=this.by.id, called_at=this.now
    )
    return this.about_call(CallTried(question=str(this.question.pk), number=number, outcome=outcome))


def _end(call: CallBack, step: str, now: datetime) -> None:
    call.state = CALL_BACK.next_state(call.state, step)
    call.ended_at = now
    call.taken_by = call.taken_at = None
    call.save()


@contextmanager
def _calling(call_id: UUID, by: Actor, clock: Clock) -> Iterator[_Calling]:
    """Lock question and call, read the clock once, ask permission. Raises CallBack.DoesNotExist, NotAllowed."""
    with transaction.atomic():
        question = locked(CallBack.objects.values_list("question", flat=True).get(pk=call_id))
        call = CallBack.objects.select_for_update(of=("self",)).select_related("draw").get(pk=call_id)
        now = clock.now()
        demand(by, P.CALL_BACK, question)
        if call.draw.due is not None and now >= call.draw.due:
            raise NotAllowed(CALLS_OVER)
        yield _Calling(call, question, by, now)
