"""A message that did not reach the asker is sent once more, when somebody has found out why."""

from uuid import UUID

from django.db import transaction

from portal.answers.actions.settling import locked
from portal.answers.actions.telling import tell
from portal.answers.events import NoticeResent
from portal.answers.permissions import P
from portal.answers.queries.told import asker_of
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.permissions import demand
from portal.notifications.actions import send_again


def resend_notice(question_id: UUID, notice_id: int, *, by: Actor, clock: Clock) -> bool:
    """Queue a message to the asker again; tell whether there was one that had been given up. Raises NotAllowed."""
    with transaction.atomic():
        question = locked(question_id)
        now = clock.now()
        demand(by, P.RESEND_NOTICE, question)
        if not send_again(notice_id, ref=question.ref, recipient=asker_of(question)):
            return False
        tell(question, [NoticeResent(notice=notice_id)], by=by, at=now)
    return True
