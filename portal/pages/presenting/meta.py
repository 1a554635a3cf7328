"""The meta tags that the norm wants of every page: of its column and, for an article, of the article itself.

Source: 国办发〔2017〕47号, annex on page design. Those of the site stand in `portal.ui`.
"""

from typing import TYPE_CHECKING, Any

from wagtail.models import Page

from portal.kernel.clock import SHANGHAI
from portal.ui.columns import Column
from portal.ui.identity import localized

if TYPE_CHECKING:
    from portal.pages.models.base import BasePage


def column_of(page: "BasePage", way: list[Page]) -> Column:
    """Return the column that a page belongs to: the nearest list above it, itself perhaps, or else the top page.

    way: the pages between the home page and this one.
    """
    chain = [*way, page]
    lists = [step for step in chain if getattr(step.specific_class, "is_column", False)]
    found = lists[-1] if lists else chain[0]
    kind = getattr(found.specific_class, "column_kind", "")
    # What stands above has been read as a plain page: of it only the search description is at hand.
    description = page.description if found is page else found.search_description
    return Column(found.title, kind, description)


def article_tags(page: "BasePage", canonical: str, image: str) -> list[tuple[str, Any]]:
    """Return the article's tags as (name, content); those without content are left out. image: absolute address."""
    tags = [
        ("ArticleTitle", page.title),
        ("PubDate", published(page)),
        ("ContentSource", page.content_source),
        ("Keywords", ",".join(page.keywords)),
        ("Author", getattr(page, "author", "") or page.content_source),
        ("Description", page.description),
        ("Image", image),
        ("Url", canonical),
    ]
    return [(name, content) for name, content in tags if content]


def published(page: "BasePage") -> str:
    """Return when a page was published as ``2026-03-05 14:30``, or the day alone where it was dated afterwards."""
    first = page.first_published_at and page.first_published_at.astimezone(SHANGHAI)
    day = getattr(page, "date", None)
    if first and day in {None, first.date()}:
        return f"{first:%Y-%m-%d %H:%M}"
    return day.isoformat() if day else ""


def source_of(page: Page) -> str:
    """Return whose words a page holds: its source, its office, or whoever runs the site."""
    office = getattr(page, "office", None)
    return getattr(page, "source", "") or (office.local_name if office else "") or localized("owner")
