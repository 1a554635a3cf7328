"""The site map 网站地图: every menu and every topic on one page, for people. Machines read `portal.pages.sitemaps`."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.pages.presenting.topics import counted_topics
from portal.ui import navigation
from portal.ui.caching import public_page


@require_safe
@public_page()
def site_map(request: HttpRequest) -> HttpResponse:
    """Show the menus as they are registered, and the topics about which there is something."""
    topics = [(topic.name, reverse("pages:topic", args=[topic.slug])) for topic in counted_topics()]
    sections = [
        (_("主要栏目"), _others(request, "main")),
        (_("更多栏目"), _others(request, "footer")),
        (_("按主题找"), topics),
    ]
    return render(request, "portal/pages/site_map.html", {"sections": [one for one in sections if one[1]]})


def _others(request: HttpRequest, place: str) -> list[tuple[str, str]]:
    """Return label and address of a menu's links, without the one that leads here."""
    return [(str(link.label), link.href) for link in navigation.links(request, place) if link.href != request.path]
