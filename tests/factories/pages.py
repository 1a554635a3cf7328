"""Editors' pages for tests."""

from typing import Any

from wagtail.models import Page

from portal.pages.models import HomePage, StandardPage


def home(language: str = "zh-hans") -> HomePage:
    """Return the home page that the migrations made."""
    return HomePage.objects.get(locale__language_code=language)


def standard_page(title: str, parent: Page | None = None, **fields: Any) -> StandardPage:
    """Return a new live page below `parent`, the Chinese home page if none is given."""
    parent = parent or home()
    page = StandardPage(title=title, slug=fields.pop("slug", f"page-{title}"), locale=parent.locale, **fields)
    return parent.add_child(instance=page)
