"""Articles as their pages and lists show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.kernel import clock as clocks
from portal.pages.listing import original_of, readable
from portal.pages.presenting.notices import clock_of
from portal.pages.presenting.policies import mark_of
from portal.ui.languages import html_code
from portal.workdays.queries import calendar

if TYPE_CHECKING:
    from portal.pages.models.articles import Article, ArticleIndexPage

# The lists that stand beside each other, by the names of their addresses.
LISTS = (
    ("news", _("新闻动态")),
    ("notices", _("公示公告")),
    ("policies", _("政策文件")),
    ("interpretations", _("政策解读")),
)
# As wide as the largest rendition of a body's picture, so that none is made for the meta tag alone.
SHARED_IMAGE = "width-960|format-jpeg"


@dataclass(frozen=True)
class Tab:
    """One of the lists."""

    text: Any
    href: str
    is_current: bool


@dataclass(frozen=True)
class Row:
    """An article in a list. tags: (text, tone); clock: of a period that has an end, None without one.

    lang, language: code and name of the language of an article that has no translation yet; empty otherwise.
    """

    title: str
    href: str
    summary: str
    date: date
    source: str
    kind: Any
    number: str
    tags: tuple[Any, ...]
    clock: Any
    lang: str
    language: str


def tabs(index: "ArticleIndexPage") -> list[Tab]:
    """Return the lists beside each other, the one that is shown marked."""
    return [Tab(label, reverse(f"pages:{name}"), name == index.name) for name, label in LISTS]


def rows(articles: Iterable[Any], request: HttpRequest, below: str = "") -> list[Row]:
    """Return the rows of a list of articles of one type. below: the address under which they all stand, where they do."""
    now, days = clocks.installed().now(), None
    found = []
    for article in articles:
        clock = None
        if getattr(article, "ends_at", None):
            days = days or calendar()
            clock = clock_of(article, now, days)
        lang, language = original_of(article) or ("", "")
        found.append(
            Row(
                title=article.title,
                href=f"{below}{article.slug}/" if below else article.get_url(request),
                summary=article.summary,
                date=article.date,
                source=article.content_source,
                kind=article.Kind(article.kind).label if hasattr(article, "kind") else "",
                number=getattr(article, "number", ""),
                tags=(mark_of(article, now),) if hasattr(article, "in_force_on") else (),
                clock=clock,
                lang=lang,
                language=language,
            )
        )
    return found


def first_picture(article: "Article") -> str:
    """Return the absolute address of the body's first picture; the empty text where there is none."""
    found = [block.value["picture"] for block in article.body if block.block_type == "picture"]
    pictures = [picture for picture in found if picture]
    # The template shows them all: one query for their renditions, however many there are.
    prefetch_related_objects(pictures, "renditions")
    return f"{settings.BASE_URL}{pictures[0].get_rendition(SHARED_IMAGE).url}" if pictures else ""


def article_context(article: "Article", request: HttpRequest) -> dict[str, Any]:
    """Return the variables that all articles share."""
    return {"topics": article.topics_read, "related": related(article, request)}


def related(article: "Article", request: HttpRequest) -> list[tuple[str, str]]:
    """Return title and address of the related pages that everybody may read, in the editor's order."""
    chosen = [block.value for block in article.related if block.value]
    shown = readable(chosen)
    return [(page.title, page.get_url(request)) for page in chosen if page.pk in shown]


def news_article(article: "Article", canonical: str, image: str) -> dict[str, Any]:
    """Return the article as schema.org NewsArticle, for search engines. image: absolute address, or nothing."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.description,
        "datePublished": article.date.isoformat(),
        "inLanguage": html_code(),
        "url": canonical,
        "publisher": {"@type": "GovernmentOrganization", "name": article.content_source},
    }
    if article.last_published_at:
        data["dateModified"] = article.last_published_at.isoformat()
    if article.author:
        data["author"] = {"@type": "Person", "name": article.author}
    if image:
        data["image"] = [image]
    return data
