"""Ask: from the start page to the confirmation. One question per page; nothing typed is ever lost.

Every page is answered with a redirect, right or wrong: neither the back button nor a reload
sends anything again, and each page shows what the draft holds.
"""

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.addresses import client_address
from portal.accounts.limits import TooManyTries
from portal.accounts.requests import Request
from portal.answers.actions.asking import ContactUnproven, keep_answers, start_draft, submit
from portal.answers.actions.limiting import count_submission, count_try
from portal.answers.forms.asking import SubmitForm, office_to_ask, title_to_ask
from portal.answers.forms.challenge import is_solved, new_challenge
from portal.answers.forms.journey import CHECK, FORMS, SUGGESTED, Journey, read_page
from portal.answers.models import Question
from portal.answers.presenting import shown_clocks
from portal.answers.views.ask_contact import send_code_for
from portal.answers.views.ask_drafts import began_here, limited, remember_draft, with_draft
from portal.answers.views.ask_similar import looking, offered_context
from portal.answers.views.ask_summary import summary
from portal.answers.views.onward import address, backward, keeping_return, onward, returns
from portal.answers.views.tracked import remember_question
from portal.files.queries import attached_to
from portal.kernel import clock as clocks
from portal.kernel import vault
from portal.notifications.queries import is_held_up


@require_safe
@cache_control(private=True, no_store=True)
def start_page(request: Request) -> HttpResponse:
    """Say what this is, for whom, what is needed, how long it takes, and which other ways there are.

    Whoever comes from an office's own page brings its code along, whoever has searched in vain what they looked for.
    """
    context = {
        "contact_needed": settings.ANSWERS_CONTACT_NEEDED,
        "office": office_to_ask(request.GET.get("office", "")),
        "title": title_to_ask(request.GET.get("title", "")),
    }
    return render(request, "portal/answers/ask/start.html", context)


@require_POST
def start(request: Request) -> HttpResponse:
    """Begin a draft; its id is in the address of every further page."""
    try:
        count_try("start", client_address(request))
    except TooManyTries as limit:
        return limited(request, limit)
    draft = start_draft(by=request.actor)
    if office := office_to_ask(request.POST.get("office", "")):
        _form, keep = read_page("office", {"office": str(office.pk)})
        keep_answers(draft.pk, keep)
    if title := title_to_ask(request.POST.get("title", "")):
        keep_answers(draft.pk, {SUGGESTED: title})
    remember_draft(request, draft)
    return redirect("answers:ask_page", draft_id=draft.pk, page="topic")


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def page(request: Request, journey: Journey, page: str) -> HttpResponse:
    """One page with one question."""
    if journey.draft.question_id is not None:
        return _to_done(journey)
    if page not in FORMS or page not in journey.pages:
        raise Http404
    if request.method != "POST":
        return _show_page(request, journey, page)
    form, keep = read_page(page, request.POST)
    draft = keep_answers(journey.draft.pk, keep)
    if where := _aside(request, journey, page):
        return redirect(where)
    if not form.is_valid():
        return redirect(keeping_return(request, address(journey, page)))
    journey = Journey(draft, request.actor)
    if page == "contact" and journey.contact and not journey.is_proven:
        send_code_for(request, journey, journey.contact)
        return redirect(keeping_return(request, address(journey, "code")))
    return redirect(onward(request, journey, page))


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def check(request: Request, journey: Journey) -> HttpResponse:
    """Show everything once more; the last button submits it, once, however often it is pressed."""
    if journey.draft.question is not None:
        return _confirm(request, journey.draft.question)
    if missing := journey.missing():
        return redirect(address(journey, missing))
    if request.method != "POST":
        return _show_check(request, journey)
    unproven = journey.is_unreachable or not _is_proven(journey, SubmitForm(request.POST))
    count_submission(journey.draft.pk, client=client_address(request), by=request.actor, unproven=unproven)
    try:
        question, _code = submit(
            journey.draft.pk,
            by=request.actor,
            clock=clocks.installed(),
            language=get_language() or settings.LANGUAGE_CODE,
            contact_needed=settings.ANSWERS_CONTACT_NEEDED and not journey.is_unreachable,
            unproven=unproven,
        )
    except ContactUnproven:  # another tab has changed the contact in this very moment
        return redirect(address(journey, CHECK))
    return _confirm(request, question)


@require_safe
@with_draft
def done(request: Request, journey: Journey) -> HttpResponse:
    """Confirm: number, code, both dates, what happens next. However often the form was sent, this page."""
    question = journey.draft.question
    if question is None:
        return redirect(address(journey, journey.missing() or CHECK))
    context = {
        "question": question,
        # An account's other devices may read the confirmation, but not the code.
        "code": vault.installed().open(journey.draft.code_sealed) if began_here(request, journey.draft.pk) else "",
        "clocks": shown_clocks(question, clocks.installed().now()),
        "files": attached_to(question.ref),
        "notices_are_late": is_held_up(),
        "track_address": request.build_absolute_uri(reverse("answers:track")),
    }
    return render(request, "portal/answers/ask/done.html", context)


@require_safe
@with_draft
def challenge(request: Request, journey: Journey) -> HttpResponse:
    """Hand out the task that a browser solves while the answers are read once more."""
    return JsonResponse(new_challenge(journey.draft.pk))


def _is_proven(journey: Journey, sent: SubmitForm) -> bool:
    """Tell whether the arithmetic was done and the honeypot left alone.

    A filled honeypot may be an eager password manager: the question is taken, and marked.
    """
    return (
        sent.is_valid() and not sent.cleaned_data["website"] and is_solved(journey.draft.pk, sent.cleaned_data["proof"])
    )


def _confirm(request: Request, question: Question) -> HttpResponse:
    if request.method == "POST" and not request.actor.is_person:
        remember_question(request, question)
    return redirect("answers:ask_done", draft_id=question.form_token)


def _to_done(journey: Journey) -> HttpResponse:
    return redirect("answers:ask_done", draft_id=journey.draft.pk)


def _aside(request: Request, journey: Journey, page: str) -> str:
    """Return where a button leads that is not the one which goes on; "" for that one. What was typed is kept by then."""
    if page != "question":
        return ""
    if "settled" in request.POST:
        return reverse("answers:ask_settled", args=[journey.draft.pk])
    return looking(request, journey) if "look" in request.POST else ""


def _show_page(request: Request, journey: Journey, page: str) -> HttpResponse:
    context = offered_context(request, journey) if page == "question" else {}
    context |= {
        "journey": journey,
        "form": journey.unjudged(page) if context.get("looked") else journey.form(page),
        "number": journey.pages.index(page) + 1,
        "back": backward(request, journey, page),
        "is_change": returns(request),
        "contact_needed": settings.ANSWERS_CONTACT_NEEDED,
    }
    return render(request, f"portal/answers/ask/{page}.html", context)


def _show_check(request: Request, journey: Journey) -> HttpResponse:
    context = {
        "journey": journey,
        "back": address(journey, journey.page_before(CHECK)),
        "rows": summary(journey),
        "code_is_final": journey.contact is None and not request.actor.is_person,
    }
    return render(request, "portal/answers/ask/check.html", context)
