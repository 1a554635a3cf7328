"""New life events and newly announced sessions as Atom feeds."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from portal.pages.feeds import ENTRIES, PagesFeed
from portal.pages.listing import written
from portal.pages.models import BasePage, LifeEventPage, SessionPage
from portal.pages.presenting.sessions import when


class TypeFeed(PagesFeed):
    """The newest pages of one type, by the day of their announcement."""

    model: type[BasePage]
    url_name: str

    def link(self) -> str:
        """Return the list's address."""
        return f"{settings.BASE_URL}{reverse(self.url_name)}"

    def newest(self, request: HttpRequest) -> Iterable[BasePage]:
        """Return the pages that somebody has published: one that only a seed or an import has made was never announced."""
        published = written(self.model).filter(first_published_at__isnull=False)
        pages: Iterable[BasePage] = published.order_by("-first_published_at")[:ENTRIES]
        return pages

    def item_pubdate(self, item: BasePage) -> datetime | None:
        """Return when it was published first."""
        published: datetime | None = item.first_published_at
        return published

    def item_updateddate(self, item: BasePage) -> datetime | None:
        """Return when it was published last."""
        published: datetime | None = item.last_published_at
        return published


class LifeEventsFeed(TypeFeed):
    """Life events."""

    model = LifeEventPage
    url_name = "pages:life_events"

    def title(self) -> str:
        """Return the feed's name."""
        return _("一件事：新发布")


class SessionsFeed(TypeFeed):
    """Announced sessions; when they are stands in front."""

    model = SessionPage
    url_name = "pages:sessions"

    def title(self) -> str:
        """Return the feed's name."""
        return _("访谈接访：新预告")

    def item_description(self, item: Any) -> str:
        """Return when it is and what it is about."""
        return escape(f"{when(item.starts_at, item.ends_at)} {item.cancelled_because} {item.summary}")
