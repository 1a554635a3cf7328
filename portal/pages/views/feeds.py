"""New pages as Atom feeds."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from portal.pages.listing import listed
from portal.pages.models import LifeEventPage, SessionPage
from portal.pages.models.base import BasePage
from portal.pages.presenting.sessions import when

ENTRIES = 30


class PagesFeed(Feed):
    """The newest pages of one type in the present language."""

    feed_type = Atom1Feed
    model: type[BasePage]
    url_name: str

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> list[BasePage]:
        """Load the pages, with their addresses: those need the request."""
        # A page that only a seed or an import has made was never announced.
        published = listed(self.model).filter(first_published_at__isnull=False)
        pages = list(published.order_by("-first_published_at")[:ENTRIES])
        for page in pages:
            page.feed_address = page.get_url(request)
        return pages

    def link(self) -> str:
        """Return the list's address."""
        return reverse(self.url_name)

    def items(self, obj: list[BasePage]) -> Iterable[BasePage]:
        """Return the entries."""
        return obj

    def item_title(self, item: BasePage) -> str:
        """Return the page's title, as the text that it is."""
        return item.title

    def item_link(self, item: Any) -> str:
        """Return the page's address."""
        address: str = item.feed_address
        return address

    def item_guid(self, item: BasePage) -> str:
        """Return a name that stays when the address changes; each language has its own."""
        return f"urn:uuid:{item.translation_key}#{item.locale_id}"

    def item_description(self, item: Any) -> str:
        """Return the summary; feed readers take this for HTML."""
        return escape(item.summary)

    def item_pubdate(self, item: BasePage) -> datetime | None:
        """Return when it was published first."""
        published: datetime | None = item.first_published_at
        return published

    def item_updateddate(self, item: BasePage) -> datetime | None:
        """Return when it was published last."""
        published: datetime | None = item.last_published_at
        return published


class LifeEventsFeed(PagesFeed):
    """Life events."""

    model = LifeEventPage
    url_name = "pages:life_events"

    def title(self) -> str:
        """Return the feed's name."""
        return _("一件事：新发布")


class SessionsFeed(PagesFeed):
    """Announced sessions; when they are stands in front."""

    model = SessionPage
    url_name = "pages:sessions"

    def title(self) -> str:
        """Return the feed's name."""
        return _("访谈接访：新预告")

    def item_description(self, item: Any) -> str:
        """Return when it is and what it is about."""
        return escape(f"{when(item.starts_at, item.ends_at)} {item.cancelled_because} {item.summary}")
