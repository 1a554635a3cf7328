"""Staff enter a question for somebody: the form, the receipt to read aloud, the slip to hand over."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.headers import staff_header
from portal.accounts.requests import Request
from portal.answers.actions.entering import enter
from portal.answers.clock_views import clock_views
from portal.answers.forms.entering import EntryForm
from portal.answers.models import AskDraft, Question
from portal.answers.permissions import P
from portal.answers.reasons import ALREADY_MISSED, RECEIPT_AHEAD, RECEIPT_TOO_OLD
from portal.answers.spoken import groups, lines, shown_contact, ways
from portal.kernel import clock as clocks
from portal.kernel import vault
from portal.kernel.permissions import NotAllowed, can, demand
from portal.kernel.workdays import ONE_DAY
from portal.notifications.queries import is_held_up
from portal.workdays.queries import calendar

CHANNEL = "entered_channel"  # session key: how the last one came in
ABOUT_THE_TIME = (RECEIPT_AHEAD, RECEIPT_TOO_OLD, ALREADY_MISSED)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter_page(request: Request) -> HttpResponse:
    """Take down what somebody says; nothing typed is lost when something is missing."""
    demand(request.actor, P.ENTER)
    clock = clocks.installed()
    form = EntryForm(
        request.POST if request.method == "POST" else None,
        actor=request.actor,
        now=clock.now(),
        channel=request.session.get(CHANNEL, ""),
    )
    if request.method != "POST":
        return _form(request, form, 200)
    if not form.is_valid():
        return _form(request, form, 422)
    typed = form.cleaned_data
    try:
        enter(
            typed["token"],
            form.told(),
            office_id=typed["office"].pk,
            knows_missed=typed["missed"],
            by=request.actor,
            clock=clock,
        )
    except NotAllowed as refused:
        form.add_error("received_at" if refused.reason in ABOUT_THE_TIME else None, str(refused.reason))
        return _form(request, form, 422, asks_missed=refused.reason == ALREADY_MISSED)
    request.session[CHANNEL] = typed["channel"]
    return redirect("answers_desk:entered", draft_id=typed["token"])


@never_cache
@require_safe
def entered(request: Request, draft_id: UUID) -> HttpResponse:
    """Show what to say to the person now: number, code, dates, how the answer will come."""
    draft = _own_entry(request, draft_id)
    if draft.question is None:
        return redirect("answers_desk:enter")
    with translation.override(draft.question.language):
        said = lines(draft.question, clocks.installed().now())
    context = _receipt(request, draft, draft.question) | {
        "lines": said,
        "may_open": bool(can(request.actor, P.VIEW, draft.question)),
        "contact": shown_contact(draft.question),
        **_frame(_("已登记，请念给对方听")),
    }
    return render(request, "portal/answers/desk/entered.html", context)


@never_cache
@require_safe
def slip(request: Request, draft_id: UUID) -> HttpResponse:
    """Show the receipt as a slip of paper, in the person's language; it says nothing of the matter."""
    draft = _own_entry(request, draft_id)
    if draft.question is None:
        return redirect("answers_desk:enter")
    with translation.override(draft.question.language):
        address = request.build_absolute_uri(reverse("answers:track"))
        context = _receipt(request, draft, draft.question) | {"ways": ways(draft.question, address)}
        return render(request, "portal/answers/desk/slip.html", context)


def _own_entry(request: Request, draft_id: UUID) -> AskDraft:
    """Load an entry of the actor's own; it holds the code for a day."""
    demand(request.actor, P.ENTER)
    found = AskDraft.objects.select_related(
        "question__office", "question__centre", "question__topic", "question__intake__office"
    )
    draft = found.filter(pk=draft_id).first()
    if draft is None or not can(request.actor, P.SEE_ENTRY, draft):
        raise Http404
    return draft


def _receipt(request: Request, draft: AskDraft, question: Question) -> dict[str, Any]:
    now = clocks.installed().now()
    return {
        "draft": draft,
        "question": question,
        "intake": question.intake,
        "groups": groups(vault.installed().open(draft.code_sealed)),
        "clocks": clock_views(question, now, calendar()),
        "reply_last_day": question.reply_due - ONE_DAY,
        "notices_are_late": is_held_up(),
    }


def _form(request: Request, form: EntryForm, status: int, *, asks_missed: bool = False) -> HttpResponse:
    context = {"form": form, "asks_missed": asks_missed or form["missed"].value(), **_frame(_("代为登记"))}
    return render(request, "portal/answers/desk/enter.html", context, status=status)


def _frame(title: str) -> dict[str, Any]:
    return staff_header(title, "edit", (reverse("answers_desk:queue"), _("问题队列")))
