"""Many at once: dispatch what was ticked, and take it back while nobody has acted on it."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from portal.answers.actions.screening import dispatch, recall
from portal.answers.models import BulkDispatch, Leg, Question
from portal.answers.permissions import P
from portal.answers.reasons import NO_WISH, NOT_UNSORTED
from portal.answers.rules.aftermath import UNDO_DISPATCH_WITHIN
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.machine import IllegalStep
from portal.kernel.permissions import NotAllowed, Reason, demand


def dispatch_many(
    question_ids: Sequence[UUID], *, office_id: UUID | None, by: Actor, clock: Clock
) -> tuple[list[Question], list[tuple[UUID, Reason]]]:
    """Dispatch several, each in a transaction of its own; return the dispatched ones, and the left ones with why.

    office_id None: each goes to the office its asker wished for. Titles are published unchanged
    only one by one: from here a question is dispatched, not listed, until its title was read. What is
    confidential is cleared only one by one, and left here.
    """
    done: list[Question] = []
    left: list[tuple[UUID, Reason]] = []
    for question_id in question_ids:
        target = office_id or Question.objects.values_list("wished_office", flat=True).get(pk=question_id)
        if target is None:
            left.append((question_id, NO_WISH))
            continue
        try:
            done.append(dispatch(question_id, office_id=target, public_title="", by=by, clock=clock))
        except NotAllowed as refused:
            left.append((question_id, refused.reason))
        except IllegalStep:
            left.append((question_id, NOT_UNSORTED))
    if done:
        _remember(done, by, clock)
    return done, left


def take_back(batch_id: UUID, *, by: Actor, clock: Clock) -> tuple[list[UUID], list[UUID]]:
    """Take back what one bulk dispatch of the actor's gave away; return the questions taken back and the left ones.

    Each in a transaction of its own: an office that accepts meanwhile keeps its question. Sent twice,
    the second time does nothing. Raises NotAllowed, BulkDispatch.DoesNotExist.
    """
    demand(by, P.DISPATCH_MANY)
    mine = BulkDispatch.objects.filter(dispatched_by=UUID(by.id))
    batch = mine.get(pk=batch_id)
    if not mine.filter(pk=batch_id, is_taken_back=False).update(is_taken_back=True):
        return [], []
    done: list[UUID] = []
    left: list[UUID] = []
    for leg_id, question_id in Leg.objects.filter(pk__in=batch.legs).values_list("pk", "question"):
        try:
            recall(question_id, leg_id=leg_id, by=by, clock=clock)
        except (NotAllowed, IllegalStep):
            left.append(question_id)
        else:
            done.append(question_id)
    return done, left


def _remember(done: list[Question], by: Actor, clock: Clock) -> None:
    """Note what went out together; what can no longer be taken back is forgotten."""
    now = clock.now()
    legs = Leg.objects.filter(question__in=done, ended_at=None).values_list("pk", flat=True)
    with transaction.atomic():
        BulkDispatch.objects.filter(dispatched_by=UUID(by.id), dispatched_at__lte=now - UNDO_DISPATCH_WITHIN).delete()
        BulkDispatch.objects.create(dispatched_by_id=by.id, dispatched_at=now, legs=[str(leg) for leg in legs])
