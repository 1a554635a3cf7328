"""What search engines may find: every live, public page in every language; offices; topics."""

from datetime import datetime
from typing import TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sitemaps import Sitemap
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page, PageQuerySet, get_page_models

from portal.accounts.models import Office
from portal.pages.listing import IS_WRITTEN, open_to_all
from portal.pages.models.topics import Topic

Item = TypeVar("Item", bound=Model)


class OwnSitemap(Sitemap[Item]):
    """Addresses at the site's own host, whatever the request or the proxy in front spoke."""

    limit = 10_000

    def get_protocol(self, protocol: str | None = None) -> str:
        """Return the site's own."""
        return urlsplit(settings.BASE_URL).scheme

    def get_domain(self, site: object = None) -> str:
        """Return the site's own."""
        return urlsplit(settings.BASE_URL).netloc


class PageSitemap(OwnSitemap[Page]):
    """All pages but what stands in for a translation, and types that say ``in_sitemap = False``: containers that lead on.

    A type whose pages can be taken back says which are: ``gone``, a condition.
    """

    def __init__(self, request: HttpRequest) -> None:
        # Wagtail keeps the sites' roots on the request; without it each address would cost a query.
        self.request = request

    def items(self) -> PageQuerySet:
        """Return the pages, in an order that stays when pages are added."""
        types = [model for model in get_page_models() if model is not Page and getattr(model, "in_sitemap", True)]
        shown = ContentType.objects.get_for_models(*types).values()
        pages = Page.objects.live().filter(open_to_all(), IS_WRITTEN, content_type__in=shown).order_by("pk")
        for model in types:
            if gone := getattr(model, "gone", None):
                pages = pages.exclude(pk__in=model._default_manager.filter(gone).values("pk"))
        return pages

    def location(self, item: Page) -> str:
        """Return the path of a page."""
        return str(item.get_url(self.request))

    def lastmod(self, item: Page) -> datetime | None:
        """Return when a page was last published."""
        return item.last_published_at


class OfficeSitemap(OwnSitemap[Office]):
    """The directory's offices, in both languages."""

    i18n = True

    def items(self) -> QuerySet[Office]:
        """Return the offices in use."""
        return Office.objects.filter(is_active=True)

    def location(self, item: Office) -> str:
        """Return the path in the present language."""
        return reverse("pages:office", args=[item.code])


class TopicSitemap(OwnSitemap[Topic]):
    """The topics, in both languages."""

    i18n = True

    def items(self) -> QuerySet[Topic]:
        """Return all topics."""
        return Topic.objects.all()

    def location(self, item: Topic) -> str:
        """Return the path in the present language."""
        return reverse("pages:topic", args=[item.slug])
