"""Where the pages of the journey are, and where each leads."""

from django.http import HttpRequest
from django.urls import reverse

from portal.answers.forms.journey import CHECK, CODE, FILES, Journey

BACK = "back"
_NAMES = {CHECK: "answers:ask_check", CODE: "answers:ask_code", FILES: "answers:ask_files"}


def address(journey: Journey, page: str) -> str:
    """Return the address of a page of this journey."""
    if page in _NAMES:
        return reverse(_NAMES[page], args=[journey.draft.pk])
    return reverse("answers:ask_page", args=[journey.draft.pk, page])


def returns(request: HttpRequest) -> bool:
    """Tell whether the page was opened by a "change" link, so that it leads back to the check page."""
    return request.GET.get(BACK) == CHECK


def keeping_return(request: HttpRequest, href: str) -> str:
    """Carry the way back on to `href`."""
    return f"{href}?{BACK}={CHECK}" if returns(request) else href


def onward(request: HttpRequest, journey: Journey, page: str) -> str:
    """Return where a finished page leads: back to the check page, or on."""
    return address(journey, CHECK if returns(request) else journey.next_page(page))


def backward(request: HttpRequest, journey: Journey, page: str) -> str:
    """Return where the back link of a page leads."""
    if returns(request):
        return address(journey, CHECK)
    before = journey.page_before(page)
    return address(journey, before) if before else reverse("answers:ask")
