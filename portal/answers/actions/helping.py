"""Another office contributes to the answer; the lead office stays responsible and its clock runs on."""

from uuid import UUID

from portal.accounts.models import Office
from portal.answers.actions.turns import turn
from portal.answers.events import HelperAsked, HelperContributed
from portal.answers.models import Helping
from portal.answers.permissions import OFFICE_ROLES
from portal.answers.reasons import NOT_AN_OFFICE, OWN_OFFICE
from portal.answers.rules.deadlines import helpers_due
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.permissions import NotAllowed
from portal.workdays.queries import calendar


def ask_helper(
    question_id: UUID, *, office_id: UUID, request: str, by: Actor, clock: Clock, seen: int | None = None
) -> Helping:
    """Ask an office to contribute, two working days before the lead's own limit. Raises NotAllowed."""
    with turn(question_id, "ask_helper", by=by, clock=clock, seen=seen) as this:
        question = this.question
        office = Office.objects.filter(pk=office_id, is_active=True, takes_questions=True).first()
        if office is None:
            raise NotAllowed(NOT_AN_OFFICE)
        if office.pk == question.office_id or str(office.pk) in question.helpers:
            raise NotAllowed(OWN_OFFICE)
        due = helpers_due(this.now, question.reopen_due or question.reply_due, calendar())
        helping = Helping.objects.create(
            question=question, office=office, request=request, asked_by_id=by.id, asked_at=this.now, due=due
        )
        question.helpers = [*question.helpers, str(office.pk)]
        this.tell(HelperAsked(office=str(office.pk), due=due))
    return helping


def contribute(question_id: UUID, *, text: str, by: Actor, clock: Clock, seen: int | None = None) -> Helping:
    """Hand in the helping office's part, once. Raises NotAllowed."""
    with turn(question_id, "contribute", by=by, clock=clock, seen=seen) as this:
        mine = Helping.objects.filter(question=this.question, office_id__in=by.office_ids(*OFFICE_ROLES))
        helping = mine.filter(contributed_at=None).earliest("asked_at")
        helping.contribution = text
        helping.contributed_by_id = by.id
        helping.contributed_at = this.now
        helping.save()
        this.tell(HelperContributed(office=str(helping.office_id), in_time=this.now < helping.due))
    return helping
