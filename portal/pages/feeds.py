"""Pages as Atom feeds, in the present language: what every feed keeps to, and a list of articles with its filters."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.kernel.workdays import start_of
from portal.pages.listing import IS_WRITTEN
from portal.ui.identity import localized

if TYPE_CHECKING:
    from portal.pages.models.articles import Article, ArticleIndexPage
    from portal.pages.models.base import BasePage

ENTRIES = 30
TAGGED_SINCE = 2026  # a tag names a year in which its host was ours; it must never change


class PagesFeed(Feed):
    """The newest of some pages. Addresses are the site's own, whatever the request spoke."""

    feed_type = Atom1Feed
    author_name = None

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpRequest:
        """Return the request: Wagtail keeps the sites' roots on it."""
        return request

    def newest(self, request: HttpRequest) -> "Iterable[BasePage]":
        """Return the pages; at most ENTRIES of them."""
        raise NotImplementedError

    def feed_url(self, obj: HttpRequest) -> str:
        """Return the feed's own address."""
        return f"{settings.BASE_URL}{obj.get_full_path()}"

    def items(self, obj: HttpRequest) -> list[Any]:
        """Return the entries with their addresses."""
        entries: list[Any] = list(self.newest(obj))
        for entry in entries:
            entry.address_in_feed = f"{settings.BASE_URL}{entry.get_url(obj)}"
        return entries

    def item_title(self, item: "BasePage") -> str:
        """Return the title, as the text that it is."""
        return str(item.title)

    def item_description(self, item: Any) -> str:
        """Return the summary; feed readers take this for HTML."""
        return escape(item.summary)

    def item_link(self, item: Any) -> str:
        """Return the page's address."""
        return str(item.address_in_feed)

    def item_guid(self, item: "BasePage") -> str:
        """Return a name that stays when the page moves (RFC 4151); each language has its own."""
        host = urlsplit(settings.BASE_URL).hostname
        return f"tag:{host},{TAGGED_SINCE}:{item.translation_key}/{get_language()}"


class ArticleFeed(PagesFeed):
    """The newest articles of a list. Wagtail has asked whether the list may be read; its articles are public."""

    def __init__(self, index: "ArticleIndexPage") -> None:
        self.index = index

    def title(self) -> str:
        """Return the feed's name."""
        return _("%(list)s - %(site)s") % {"list": self.index.title, "site": localized("name")}

    def subtitle(self) -> str:
        """Return what the list is."""
        return str(self.index.summary)

    def link(self, obj: HttpRequest) -> str:
        """Return the list's address."""
        return f"{settings.BASE_URL}{self.index.get_url(obj)}"

    def newest(self, request: HttpRequest) -> "Iterable[Article]":
        """Return the first articles that fit the list's filters and are written in its language: the feed names one."""
        _form, found = self.index.filtered(request)
        return found.filter(IS_WRITTEN).prefetch_related("topics")[:ENTRIES]

    def item_author_name(self, item: "Article") -> str:
        """Return who has issued it."""
        return item.content_source

    def item_categories(self, item: "Article") -> list[str]:
        """Return the topics."""
        return [str(topic) for topic in item.topics.all()]

    def item_pubdate(self, item: "Article") -> datetime:
        """Return the beginning of its day."""
        return start_of(item.date)

    def item_updateddate(self, item: "Article") -> datetime:
        """Return when it was last published, but not before its day."""
        return max(item.last_published_at or start_of(item.date), start_of(item.date))
