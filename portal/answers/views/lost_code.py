"""A lost tracking code is replaced by whoever can show that the question's contact is theirs.

Every answer is the same whether number and contact belong together or not: the number of a
public question is known to all, and must not be a way to ask who asked it.
"""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.addresses import client_address
from portal.accounts.limits import TooManyTries
from portal.accounts.requests import Request
from portal.answers.actions.asking import CodeRefused, finish_check, replace_code
from portal.answers.actions.limiting import count_try
from portal.answers.forms.asking import CodeForm
from portal.answers.forms.tracking import LostCodeForm
from portal.answers.models import Question
from portal.answers.queries.tracking import by_contact
from portal.answers.tasks import send_lost_code
from portal.answers.views.ask_drafts import limited
from portal.answers.views.tracked import open_by_code
from portal.journal.realtime import real_now
from portal.kernel import clock as clocks

ASKED_FOR = "lost_code"  # session key: id of the question, "" where nothing matched
REPLACED = "new_code"  # session key: the new code, its question, and until when it is shown
SHOWN_FOR = timedelta(minutes=10)

private = cache_control(private=True, no_store=True)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def lost(request: Request) -> HttpResponse:
    """Take number and contact; send a code if they belong together."""
    form = LostCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number, contact = form.cleaned_data["number"], form.cleaned_data["contact"]
        try:
            count_try("lost_client", client_address(request))
            count_try("lost_question", f"{number}:{contact.value}")
        except TooManyTries as limit:
            return limited(request, limit)
        question = by_contact(number, contact.value)
        request.session[ASKED_FOR] = str(question.pk) if question else ""
        send_lost_code.enqueue(request.session[ASKED_FOR])
        return redirect("answers:lost_code")
    return render(request, "portal/answers/track/lost.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def lost_code(request: Request) -> HttpResponse:
    """Take the code that was sent, and replace the tracking code."""
    if ASKED_FOR not in request.session:
        return redirect("answers:lost")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _replace(request, form.cleaned_data["code"])
        except CodeRefused:
            form.add_error("code", _("验证码不对或已过期。请检查后重新输入，或重新申请一个。"))
    return render(request, "portal/answers/track/lost_code.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@private
def lost_done(request: Request) -> HttpResponse:
    """Show the new code, for ten minutes and to this session only."""
    replaced = request.session.get(REPLACED)
    if not replaced or replaced["until"] < real_now().timestamp():
        return redirect("answers:track")
    return render(request, "portal/answers/track/lost_done.html", {"replaced": replaced})


def _replace(request: Request, typed: str) -> HttpResponse:
    question = Question.objects.filter(pk=request.session[ASKED_FOR]).first() if request.session[ASKED_FOR] else None
    if question is None:
        # The same work as for a code that is wrong, and the same end.
        finish_check(typed, question=Question())
        raise CodeRefused
    code = replace_code(question.pk, typed, by=request.actor, clock=clocks.installed())
    open_by_code(request, question)
    del request.session[ASKED_FOR]
    request.session[REPLACED] = {
        "code": code,
        "question": str(question.pk),
        "number": question.number,
        "until": (real_now() + SHOWN_FOR).timestamp(),
    }
    return redirect("answers:lost_done")
