"""Who is let in at the desk's pages, and which questions and offices exist for them."""

from uuid import UUID

from django.http import Http404

from portal.accounts.models import Office
from portal.accounts.requests import Request
from portal.answers.models import Question
from portal.answers.permissions import P
from portal.answers.queries.case import load_question
from portal.answers.queries.visibility import desk_of
from portal.kernel.permissions import can, demand


def permitted_office(request: Request, office_id: UUID, permission: P) -> Office:
    """Load an office for which the actor may do this; any other does not exist. Raises NotAllowed, Http404."""
    demand(request.actor, P.SEE_DESK)
    office = Office.objects.filter(pk=office_id, is_active=True).first()
    if office is None or not can(request.actor, permission, office):
        raise Http404
    return office


def visible_question(request: Request, question_id: UUID) -> Question:
    """Load a question that the actor may see as staff; anything else does not exist. Raises NotAllowed, Http404."""
    demand(request.actor, P.SEE_DESK)
    if not desk_of(request.actor).filter(pk=question_id).exists():
        raise Http404
    return load_question(question_id)
