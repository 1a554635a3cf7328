"""While a question is written: what perhaps answers it already, and the way out for whoever is helped by that.

With script the list follows what is typed, without it a button asks for it. It is a help and never in the way: where
the search is away, slow or asked too often, nothing is shown and the question goes its way.
"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.limits import TooManyTries
from portal.accounts.requests import Request
from portal.answers.actions.ask_drafts import drop_draft
from portal.answers.actions.limiting import count_try
from portal.answers.forms.asking import LONGEST_TEXT, LONGEST_TITLE
from portal.answers.forms.journey import Journey
from portal.answers.views.ask_drafts import with_draft
from portal.answers.views.onward import address, keeping_return
from search.engines.base import EngineAway
from search.offers import offers

LOOK = "look"


@require_POST
@with_draft
def similar(request: Request, journey: Journey) -> HttpResponse:
    """Answer what is typed at the moment with the list alone. It is sent in the body, and kept nowhere."""
    sent = request.POST
    context = _offered(request, journey, sent.get("title", ""), sent.get("text", ""))
    return render(request, "portal/answers/ask/_similar.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def settled(request: Request, journey: Journey) -> HttpResponse:
    """End without a question: say that nothing was handed in, and throw away at once what was typed, if that is wanted."""
    if journey.draft.question_id is not None:
        return redirect("answers:ask_done", draft_id=journey.draft.pk)
    if request.method == "POST":
        drop_draft(journey.draft.pk)
        return redirect("answers:ask_dropped")
    back = address(journey, "question")
    return render(request, "portal/answers/ask/settled.html", {"journey": journey, "back": back})


@require_safe
@cache_control(private=True, no_store=True)
def dropped(request: Request) -> HttpResponse:
    """Say that what was typed is gone. It is the same for everybody: there is nothing left to know of."""
    return render(request, "portal/answers/ask/dropped.html")


def looking(request: Request, journey: Journey) -> str:
    """Return the address of the page of the question with the list on it; what was typed is in the draft."""
    back = keeping_return(request, address(journey, "question"))
    return f"{back}{'&' if '?' in back else '?'}{LOOK}=1#similar"


def offered_context(request: Request, journey: Journey) -> dict[str, Any]:
    """Return what the page of the question shows of it: the list where it was asked for."""
    if LOOK not in request.GET:
        return {}
    typed = journey.unjudged("question")
    return _offered(request, journey, typed["title"].value() or "", typed["text"].value() or "")


def _offered(request: Request, journey: Journey, title: str, text: str) -> dict[str, Any]:
    try:
        count_try("similar", str(journey.draft.pk))
        found = offers(title[:LONGEST_TITLE], text[:LONGEST_TEXT], request)
    except (TooManyTries, EngineAway):
        return {"looked": True, "is_away": True}
    return {"looked": True, "offers": found}
