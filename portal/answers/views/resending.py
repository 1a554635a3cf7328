"""Send a message to the asker once more."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from portal.accounts.requests import Request
from portal.answers.actions.resending import resend_notice
from portal.answers.permissions import P
from portal.answers.views.guards import visible_question
from portal.kernel import clock as clocks
from portal.kernel.permissions import demand


@never_cache
@require_POST
def resend(request: Request, question_id: UUID, notice_id: int) -> HttpResponse:
    """Queue it, and say so on the case."""
    question = visible_question(request, question_id)
    demand(request.actor, P.RESEND_NOTICE, question)
    if resend_notice(question_id, notice_id, by=request.actor, clock=clocks.installed()):
        messages.success(request, _("已重新排队发送。"))
    else:
        messages.info(request, _("这条通知已经不在未送达之列。"))
    return redirect(f"{reverse('answers_desk:case', args=[question_id])}#told")
