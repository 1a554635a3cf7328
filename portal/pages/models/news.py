"""News 新闻动态."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.pages.models.articles import LIST, Article, ArticleIndexPage, article_tabs
from portal.pages.presenting.articles import news_article
from portal.ui.columns import PUBLISHING


class NewsPage(Article):
    """What has happened."""

    parent_page_types = ["portal_pages.NewsIndexPage"]
    topic_order = 60
    topic_list = "pages:news"
    template = "portal/pages/articles/article.html"
    edit_handler = article_tabs()

    class Meta:
        verbose_name = _("新闻")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the article as search engines read it."""
        context = super().get_context(request, *args, **kwargs)
        image = dict(context["article_tags"]).get("Image", "")
        return context | {"structured": news_article(self, context["canonical"], image)}


class NewsIndexPage(ArticleIndexPage):
    """The list of news."""

    article = NewsPage
    subpage_types = ["portal_pages.NewsPage"]
    name = "news"
    template = LIST
    column_kind = PUBLISHING

    class Meta:
        verbose_name = _("新闻目录")
