"""The asker takes along what the desk holds about them; the journal notes that it was handed out."""

from uuid import UUID

from django.db import transaction

from portal.accounts.holdings import Holdings
from portal.answers.actions.settling import locked
from portal.answers.actions.telling import tell
from portal.answers.events import DataExported
from portal.answers.permissions import P
from portal.answers.queries.own_data import held_of_question
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.permissions import demand


def export_question(question_id: UUID, *, by: Actor, clock: Clock) -> Holdings:
    """Return everything held about the asker of one question. Raises NotAllowed for anybody else."""
    with transaction.atomic():
        question = locked(question_id)
        now = clock.now()
        demand(by, P.EXPORT_OWN, question)
        held = held_of_question(question)
        tell(question, [DataExported()], by=by, at=now)
    return held
