"""What search engines may find: every live, public page in every language."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sitemaps import Sitemap
from django.http import HttpRequest
from wagtail.models import Page, PageQuerySet, get_page_models


class PageSitemap(Sitemap[Page]):
    """All pages but those whose type says ``in_sitemap = False``: a mere container that leads on."""

    limit = 10_000

    def __init__(self, request: HttpRequest) -> None:
        # Wagtail keeps the sites' roots on the request; without it each address would cost a query.
        self.request = request

    def items(self) -> PageQuerySet:
        """Return the pages, in an order that stays when pages are added."""
        types = [model for model in get_page_models() if model is not Page and getattr(model, "in_sitemap", True)]
        shown = ContentType.objects.get_for_models(*types).values()
        return Page.objects.live().public().filter(content_type__in=shown).order_by("pk")

    def location(self, item: Page) -> str:
        """Return the path of a page."""
        return str(item.get_url(self.request))

    def lastmod(self, item: Page) -> datetime | None:
        """Return when a page was last published."""
        return item.last_published_at

    def get_protocol(self, protocol: str | None = None) -> str:
        """Return the site's own, whatever the proxy in front spoke."""
        return urlsplit(settings.BASE_URL).scheme

    def get_domain(self, site: object = None) -> str:
        """Return the site's own, whatever the request said."""
        return urlsplit(settings.BASE_URL).netloc
