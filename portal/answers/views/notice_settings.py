"""How the asker is told of one question: of their account's settings, or of this question's own."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from portal.accounts.requests import Request
from portal.answers.models import Question
from portal.answers.permissions import P
from portal.kernel.permissions import can
from portal.notifications.views.preferences import settings_of


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def notice_settings(request: Request, question_id: UUID) -> HttpResponse:
    """Show and save the settings of a question that was asked without an account.

    A question asked with an account follows the account's, which its tracking code does not open.
    """
    question = Question.objects.filter(pk=question_id).first()
    if question is None or not can(request.actor, P.SET_NOTICES, question):
        raise Http404
    if question.asker_id is not None:
        return redirect("notice_settings")
    case = reverse("answers:case", args=[question_id])
    return settings_of(
        request,
        question.ref,
        saved=reverse("answers:notice_settings", args=[question_id]),
        context={"back": case, "back_text": question.number},
    )
