"""The asker's own data of one question, as a package."""

from uuid import UUID

from django.http import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from portal.accounts.packing import packed
from portal.accounts.requests import Request
from portal.answers.actions.limiting import count_try
from portal.answers.actions.own_data import export_question
from portal.answers.permissions import P
from portal.answers.views.tracked import permitted_question
from portal.kernel import clock as clocks


@require_POST
@cache_control(private=True, no_store=True)
def export(request: Request, question_id: UUID) -> HttpResponseBase:
    """Hand out the package; a question that is not the actor's does not exist."""
    question = permitted_question(request, question_id, P.EXPORT_OWN)
    count_try("export", str(question_id))
    return packed(export_question(question_id, by=request.actor, clock=clocks.installed()), f"{question.number}.zip")
