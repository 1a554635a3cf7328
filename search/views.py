"""The page of results, and what is suggested while somebody types. Both are the same for everybody."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from portal.ui.caching import public_page
from portal.ui.languages import html_code
from search import registry
from search.asking import LAST_PAGE, NEWEST, PER_PAGE, Query
from search.blocked import blocked
from search.completion import MOST, suggested
from search.countable import holds
from search.counting import Outcome, count_search
from search.popular import popular
from search.results import Results, results
from search.ways_on import ways_on


@require_safe
@public_page()
def search_page(request: HttpRequest) -> HttpResponse:
    """Show what was found, or where to go on. What was typed is counted, and known of nobody."""
    query = Query.of(request.GET)
    found = results(query, request)
    if outcome := _outcome(found):
        count_search(request, query, outcome)
    facets = found.facets
    context = {
        "query": query,
        "found": found,
        "kinds": facets.get("kind", ()),
        "all_kinds": query.without("kind").href,
        "further": [
            (label, facets[name]) for name, label in (("office", _("单位")), ("year", _("年份"))) if facets.get(name)
        ],
        "is_further": bool(query.chosen.get("office") or query.chosen.get("year")),
        "reset": query.without().href,
        "orders": [
            (_("按相关程度"), query.sorted_by("relevance").href, query.sort != NEWEST),
            (_("按日期"), query.sorted_by(NEWEST).href, query.sort == NEWEST),
        ],
        "page": Paginator(range(min(found.total, LAST_PAGE * PER_PAGE)), PER_PAGE).get_page(query.page),
        "ways": ways_on(request, query.text) if found.is_empty or found.loosely else [],
    }
    return render(request, "search/results.html", context)


def _outcome(found: Results) -> Outcome | None:
    """Return what came of a search; None where there was none, or while the engine is away."""
    if not found.query.text or found.limited:
        return None
    if not found.total and not found.promoted:
        return Outcome.IN_VAIN
    return Outcome.LOOSELY if found.loosely or found.foreign else Outcome.FOUND


@require_safe
@public_page()
def suggestions(request: HttpRequest) -> JsonResponse:
    """Return titles that begin as was typed and may be read now, with their addresses; then what many look for."""
    typed, language, unwanted = request.GET.get("q", ""), html_code(), blocked()
    labels = {one.name: str(one.label) for one in registry.kinds()}
    found = [one for one in suggested(typed, language) if not holds(one.text, unwanted)]
    hits = registry.shown([one.id for one in found], request)
    titles = [
        {"text": one.text, "kind": labels.get(registry.split(one.id)[0], ""), "href": hits[one.id].url}
        for one in found
        if one.id in hits
    ]
    queries = [
        {"text": words, "kind": _("大家在搜"), "href": reverse("search:results") + Query(words).href}
        for words in popular(typed, language, [one["text"] for one in titles])
    ]
    shown = [*titles[: MOST - len(queries)], *queries]
    status = ngettext("%(count)d 条提示，用上下键选择", "%(count)d 条提示，用上下键选择", len(shown)) % {
        "count": len(shown)
    }
    return JsonResponse({"suggestions": shown, "status": status if shown else ""})
