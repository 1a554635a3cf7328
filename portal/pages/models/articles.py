"""What news, notices, policies and interpretations share: a date, a source, topics, a body of blocks; and their lists."""

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList, TabbedInterface
from wagtail.blocks.field_block import PageChooserBlock
from wagtail.models import PageQuerySet
from wagtail.search import index
from wagtail.url_routing import RouteResult

from portal.kernel import clock as clocks
from portal.pages.blocks.body import BODY
from portal.pages.feeds import ArticleFeed
from portal.pages.forms.articles import ArticleFilterForm
from portal.pages.forms.editing import ArticleForm
from portal.pages.listing import open_to_all, telling_originals
from portal.pages.models.base import BasePage, ListPage
from portal.pages.models.fields import BlocksField
from portal.pages.presenting.articles import article_context, first_picture, rows, tabs
from portal.ui.caching import public_page

PER_PAGE = 20
LIST = "portal/pages/articles/list.html"  # Wagtail wants to be told of each type anew
FEED = "feed"  # the address below a list's own
MOST_RELATED = 6


class Article(BasePage):
    """A text of a day. source: who has issued or first published it (来源); author: who has written it."""

    date = models.DateField(_("发布日期"))
    source = models.CharField(
        _("来源"), max_length=80, blank=True, help_text=_("例如：区教育局。不填，就是网站的主办单位。")
    )
    author = models.CharField(_("作者或责任编辑"), max_length=60, blank=True)
    topics = ParentalManyToManyField(
        "portal_pages.Topic", blank=True, related_name="%(class)ss", verbose_name=_("主题")
    )
    body = BlocksField(BODY, blank=True, verbose_name=_("正文"))
    related = BlocksField(
        [("page", PageChooserBlock(label=_("页面")))],
        blank=True,
        max_num=MOST_RELATED,
        verbose_name=_("相关页面"),
    )

    base_form_class = ArticleForm
    subpage_types: list[str] = []
    # What a row of their list reads (`presenting.articles.rows`); the rest, bodies above all, stays in the database.
    shown_in_lists: tuple[str, ...] = ("title", "slug", "url_path", "summary", "date", "source")
    topic_sorting = ("-date", "-pk")
    search_fields: list[Any] = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.FilterField("date"),
    ]

    class Meta:
        abstract = True

    @classmethod
    def for_lists(cls) -> PageQuerySet:
        """Return the articles of this type, newest first, with what a list shows of other tables."""
        return cls.objects.order_by("-date", "-pk")

    @cached_property
    def topics_read(self) -> list[Any]:
        """The topics, read once."""
        return list(self.topics.all())

    @property
    def keywords(self) -> list[str]:
        """The topics' names."""
        return [str(topic) for topic in self.topics_read]

    @property
    def picture_address(self) -> str:
        """Where the body's first picture is."""
        return first_picture(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add topics, related pages and where the list is."""
        context = super().get_context(request, *args, **kwargs)
        context["list_address"] = context["above"][-1][1] if context["above"] else ""
        return context | article_context(self, request)


def article_tabs(heading: Any = "", panels: Any = ()) -> TabbedInterface:
    """Return the editor's tabs of an article: its text, what only its type has, its origin, its promotion, its hour."""
    text = [*BasePage.content_panels, FieldPanel("body"), FieldPanel("related")]
    day = FieldPanel("date", required_on_save=False)  # a draft without one is of today
    origin = [FieldRowPanel([day, FieldPanel("source"), FieldPanel("author")]), FieldPanel("topics")]
    return TabbedInterface(
        [
            ObjectList(text, heading=_("内容")),
            *([ObjectList([*panels], heading=heading)] if panels else []),
            ObjectList(origin, heading=_("发布")),
            ObjectList(BasePage.promote_panels, heading=_("推广")),
            ObjectList(BasePage.settings_panels, heading=_("发布时间")),
        ]
    )


class ArticleIndexPage(ListPage):
    """A list of articles of one type, with filters, and the same as a feed."""

    article: ClassVar[type[Article]]
    name: ClassVar[str]  # of its address, in `urls.py`
    form_class: ClassVar[type[ArticleFilterForm]] = ArticleFilterForm

    class Meta:
        abstract = True

    def articles(self) -> PageQuerySet:
        """Return what everybody may read of it."""
        return self.article.for_lists().child_of(self).live().filter(open_to_all())

    def filtered(self, request: HttpRequest) -> tuple[ArticleFilterForm, QuerySet[Any]]:
        """Return the filters as they were chosen, and the articles that fit them."""
        articles = self.articles()
        form = self.form_class(request.GET, articles=articles, now=clocks.installed().now(), place=self.path)
        return form, form.narrow(articles)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the filters, the articles that fit them, and where the feed is."""
        form, found = self.filtered(request)
        shown = Paginator(telling_originals(found).only(*self.article.shown_in_lists), PER_PAGE).get_page(
            request.GET.get("page")
        )
        address = self.get_url(request)
        own = {
            "address": address,
            "form": form,
            "shown": shown,
            "rows": rows(shown.object_list, request, below=address),
            "tabs": tabs(self),
            "feed_address": f"{address}{FEED}/{form.query()}",
        }
        return super().get_context(request, *args, **kwargs) | own

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Add the feed's address to the page's own; what may not be read has no feed either."""
        if self.live and path_components == [FEED]:
            return RouteResult(self, kwargs={"part": FEED})
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, part: str = "", **kwargs: Any) -> HttpResponse:
        """Show the list, or the feed with the list's filters."""
        if part == FEED:
            response: HttpResponse = public_page()(ArticleFeed(self))(request)
            return response
        return super().serve(request, *args, **kwargs)
