"""Show an asker's contact to staff who say why they need it, for this one answer of the server only."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from portal.accounts.requests import Request
from portal.answers.actions.revealing import reveal_contact
from portal.answers.forms.revealing import RevealForm
from portal.answers.permissions import P
from portal.answers.views.case import case_context
from portal.answers.views.guards import visible_question
from portal.kernel import clock as clocks
from portal.kernel.permissions import NotAllowed, demand


@never_cache
@require_POST
def reveal(request: Request, question_id: UUID) -> HttpResponse:
    """Take the reason, write it down, and show the case with the contact open."""
    question = visible_question(request, question_id)
    demand(request.actor, P.VIEW_CONTACT, question)
    form, revealed, status = RevealForm(request.POST), None, 200
    if form.is_valid():
        try:
            revealed = reveal_contact(question_id, **form.cleaned_data, by=request.actor, clock=clocks.installed())
        except NotAllowed as refused:
            form.add_error(None, str(refused.reason))
    if form.errors:
        status = 422
    context = case_context(request, question) | {"reveal_form": form, "faulty_form": form, "revealed": revealed}
    return render(request, "portal/answers/desk/case.html", context, status=status)
