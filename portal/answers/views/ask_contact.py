"""The page of the journey that proves a contact: a code goes out, and comes back."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts import phones
from portal.accounts.addresses import client_address
from portal.accounts.requests import Request
from portal.answers.actions.asking import CodeRefused, begin_check, finish_check, keep_answers
from portal.answers.actions.limiting import count_try
from portal.answers.forms.asking import CodeForm
from portal.answers.forms.journey import UNSENT_TO, Journey
from portal.answers.rules.contacts import Contact
from portal.answers.sending_codes import CodeNotSent, send_code
from portal.answers.views.ask_drafts import with_draft
from portal.answers.views.onward import address, keeping_return, onward, returns


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def code_page(request: Request, journey: Journey) -> HttpResponse:
    """Take the code that was sent."""
    contact = journey.contact
    if journey.draft.question_id is not None or contact is None:
        return redirect(keeping_return(request, address(journey, "contact")))
    if journey.is_proven:
        return redirect(onward(request, journey, "contact"))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            finish_check(form.cleaned_data["code"], draft=journey.draft)
        except CodeRefused:
            form.add_error("code", _("验证码不对或已过期。请检查后重新输入，或重新发送一个。"))
        else:
            return redirect(onward(request, journey, "contact"))
    status = 422 if form.errors else 200
    return render(request, "portal/answers/ask/code.html", _context(request, journey, form), status=status)


@require_POST
@with_draft
def resend(request: Request, journey: Journey) -> HttpResponse:
    """Send another code; the one before dies."""
    if journey.contact and not journey.is_proven:
        send_code_for(request, journey, journey.contact)
    return redirect(keeping_return(request, address(journey, "code")))


def send_code_for(request: Request, journey: Journey, contact: Contact) -> None:
    """Send a code to the contact of a draft. Raises TooManyTries.

    When mail or SMS is down the journey may go on without: a submission needs the database
    and nothing else. Screening sees the mark.
    """
    count_try("code_client", client_address(request))
    count_try("code_contact", contact.value)
    try:
        send_code(contact, begin_check(contact, draft=journey.draft))
    except CodeNotSent:
        keep_answers(journey.draft.pk, {UNSENT_TO: contact.value})
    else:
        keep_answers(journey.draft.pk, {UNSENT_TO: ""})


def shown_contact(contact: Contact | None) -> str:
    """Write a contact as its owner does, to be checked."""
    if contact is None:
        return ""
    return phones.display(contact.value) if contact.kind == "phone" else contact.value


def _context(request: Request, journey: Journey, form: CodeForm) -> dict[str, object]:
    return {
        "form": form,
        "journey": journey,
        "contact": shown_contact(journey.contact),
        "number": journey.pages.index("contact") + 1,
        "back": keeping_return(request, address(journey, "contact")),
        "onward": onward(request, journey, "contact"),
        "back_to_check": returns(request),
    }
