"""The way for browsers and networks that cannot hold a stream open: ask every few seconds."""

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from portal.accounts.requests import Request
from portal.live import queries
from portal.live.requests import Refused, read_position, read_topics
from portal.live.topics import may_listen


@require_GET
@never_cache
def poll(request: Request) -> HttpResponse:
    """Answer with what happened on ``topic=…`` after ``after=N``, as the stream would tell it."""
    try:
        topics = read_topics(request.GET.getlist("topic"))
        after = read_position(request.GET.get("after", ""))
    except Refused as refused:
        return HttpResponse(status=refused.status)
    if not may_listen(request.actor, topics):
        raise Http404("no such topic")
    news = queries.news(after)
    changes = [change.told_about(topics) for change in news.changes if not topics.isdisjoint(change.topics)]
    return JsonResponse({"position": news.position, "reset": news.reset, "changes": changes})
