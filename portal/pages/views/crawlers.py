"""What search engines ask for."""

from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.pages.sitemaps import OfficeSitemap, PageSitemap, TopicSitemap


def sections(request: HttpRequest) -> dict[str, type[Sitemap[Any]] | Sitemap[Any]]:
    """Return the parts of the sitemap by name."""
    return {"pages": PageSitemap(request), "offices": OfficeSitemap(), "topics": TopicSitemap()}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep crawlers out of what has no content, and show them the sitemap."""
    closed = [reverse("wagtailadmin_home"), "/accounts/", "/en/accounts/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines.append(f"Sitemap: {settings.BASE_URL}{reverse('sitemap_index')}")
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """List the parts of the sitemap."""
    return views.index(request, sections(request), sitemap_url_name="sitemap")


@require_safe
def sitemap(request: HttpRequest, section: str) -> HttpResponse:
    """Show one part of the sitemap."""
    return views.sitemap(request, sections(request), section=section)
