"""One turn of a question: the shape that every step of its table has.

Lock the row, read the clock once, refuse a stale form, ask permission, table and circumstances, settle
the verdicts already due, let the action do its part, save, do the same with the questions that follow,
publish: in one transaction, and the journal's lock is taken last. Writes that are no step of the table
(publication, call-backs, reviews, erasure) lock with `settling.locked` and publish last.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from portal.answers.actions.settling import SETTLER, locked, record, schedule, settle
from portal.answers.actions.telling import Letter, letter, post
from portal.answers.events import QuestionEvent
from portal.answers.models import Leg, Question
from portal.answers.permissions import STEP_PERMISSION
from portal.answers.queries.circumstances import CHECKS, circumstances
from portal.answers.rules.verdicts import Ruling
from portal.answers.states import MACHINE, OPEN
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.permissions import NotAllowed, demand


class Stale(Exception):
    """Raised when the question has changed since the form was shown.

    question: as it is now; seen: the version that the form had shown.
    """

    def __init__(self, question: Question, seen: int) -> None:
        super().__init__(f"{question.pk}: version {question.version}, form saw {seen}")
        self.question = question
        self.seen = seen


@dataclass
class Turn:
    """What an action works with between the lock and the commit."""

    question: Question
    leg: Leg  # replaced by an action that passes the question on
    by: Actor
    now: datetime
    letters: list[Letter]  # what is published when everything is written, of other questions too
    left: str = ""  # path of the office that gave it away in this turn
    events: list[QuestionEvent] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    afterwards: list[Callable[[], object]] = field(default_factory=list)

    def tell(self, event: QuestionEvent) -> None:
        """Publish `event` at the end of the turn."""
        self.events.append(event)

    def rule(self, ruling: Ruling | None) -> None:
        """Record a verdict with this turn; None is no verdict yet."""
        if ruling:
            self.rulings.append(ruling)

    def then(self, act: Callable[[], object]) -> None:
        """Do `act` when this turn is saved, in the same transaction; further turns there are `within` this one."""
        self.afterwards.append(act)


@contextmanager
def turn(
    question_id: UUID, step: str, *, by: Actor, clock: Clock, seen: int | None = None, within: Turn | None = None
) -> Iterator[Turn]:
    """Take `step` of the table with one question.

    seen: the version that the user's form had shown, if it came from a form.
    within: the turn from which this one follows; what happened is published with it.
    Raises Question.DoesNotExist, Stale, NotAllowed or IllegalStep; then nothing is kept.
    """
    with transaction.atomic():
        question = locked(question_id)
        now = clock.now()
        if seen is not None and seen != question.version:
            raise Stale(question, seen)
        demand(by, STEP_PERMISSION[step], question)
        target = MACHINE.next_state(question.state, step)
        leg = question.legs.select_related("office").get(ended_at=None)
        if step in CHECKS and (reason := circumstances(question, leg).hindrance(step, by, now)):
            raise NotAllowed(reason)
        letters = within.letters if within else []
        letters.append(letter(question, settle(question, leg, now), by=SETTLER, at=now))
        current = Turn(question, leg, by, now, letters)
        yield current
        question.state = target
        if target not in OPEN and question.ended_at is None:
            question.ended_at = now
        save(question, current.leg, now)
        events = [*current.events, *record(question, current.rulings, now)]
        letters.append(letter(question, events, by=by, at=now, left=current.left))
        for act in current.afterwards:
            act()
        if within is None:
            post(letters)


def save(question: Question, leg: Leg, now: datetime) -> None:
    """Write the row with its next version and the instants that follow from its clocks."""
    question.version += 1
    schedule(question, leg, now)
    question.save()
