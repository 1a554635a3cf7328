"""Whose draft it is: the session's that began it, or the account's; to all others it does not exist."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from portal.accounts.limits import TooManyTries
from portal.accounts.requests import Request
from portal.answers.forms.journey import Journey
from portal.answers.models import AskDraft

DRAFTS = "ask_drafts"  # session key: ids of the drafts that this session began
KEPT = 10

JourneyView = Callable[..., HttpResponse]


def remember_draft(request: Request, draft: AskDraft) -> None:
    """Note in the session that it may go on with this draft."""
    request.session[DRAFTS] = [*request.session.get(DRAFTS, []), str(draft.pk)][-KEPT:]


def began_here(request: Request, draft_id: UUID) -> bool:
    """Tell whether this session began the draft."""
    return str(draft_id) in request.session.get(DRAFTS, [])


def with_draft(view: JourneyView) -> JourneyView:
    """Hand a `Journey` to the view instead of the draft's id, and keep the answer out of every cache.

    A draft that has been swept away is said to be over to the one who began it. A limit that
    is reached is explained on a page of its own: what was typed is in the draft.
    """

    @wraps(view)
    def wrapped(request: Request, draft_id: UUID, **kwargs: object) -> HttpResponse:
        draft = AskDraft.objects.select_related("question").filter(pk=draft_id).first()
        if draft is None and began_here(request, draft_id):
            return render(request, "portal/answers/ask/over.html", status=410)
        if draft is None or not (began_here(request, draft_id) or _owns(request, draft)):
            raise Http404
        try:
            return view(request, Journey(draft, request.actor), **kwargs)
        except TooManyTries as limit:
            return limited(request, limit, draft_id)

    return cache_control(private=True, no_store=True)(wrapped)


def limited(request: Request, limit: TooManyTries, draft_id: UUID | None = None) -> HttpResponse:
    """Answer 429: when to try again, that nothing typed is lost, and whom to call meanwhile."""
    seconds = int(limit.retry_after.total_seconds())
    context = {"minutes": max(1, -(-seconds // 60)), "draft_id": draft_id}
    response = render(request, "portal/answers/ask/limited.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response


def _owns(request: Request, draft: AskDraft) -> bool:
    return draft.owner_id is not None and str(draft.owner_id) == request.actor.id
