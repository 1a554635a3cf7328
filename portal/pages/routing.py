"""From an address to the editors' page: two queries, where Wagtail's own way takes two a level after three for the home page."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail import views
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from portal.pages.models.base import BasePage
from portal.ui.sites import home_path


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Serve a page as Wagtail does, found by the short way. Raises Http404."""
    if found := _find(request, path):
        request._wagtail_route_for_request = found  # type: ignore[attr-defined]  # where Wagtail looks first
    response: HttpResponse = views.serve(request, path)
    return response


def _find(request: HttpRequest, path: str) -> RouteResult | None:
    """Find a page and those above it by their addresses; None leaves it to Wagtail.

    What is left of the address is the page's own business: a part of it, or nothing that exists.
    """
    home = home_path(request, get_language())
    names = [name for name in path.split("/") if name]
    addresses = [f"{home}{''.join(f'{name}/' for name in names[:count])}" for count in range(len(names) + 1)]
    way = list(Page.objects.live().filter(url_path__in=addresses).order_by("depth")) if home else []
    kind = way[-1].specific_class if way else None
    is_whole = [page.url_path for page in way] == addresses[: len(way)]
    if not (is_whole and kind and issubclass(kind, BasePage)):
        return None
    page = kind.for_reading().get(pk=way[-1].pk)
    page.above = way[1:-1]
    route: RouteResult = page.route(request, names[len(way) - 1 :])
    return route
