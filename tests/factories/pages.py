"""Editors' pages for tests."""

from datetime import date, time
from typing import Any

from wagtail.models import Page

from portal.pages.models import (
    CentreHours,
    CentreIndexPage,
    CentrePage,
    GuideIndexPage,
    GuidePage,
    HomePage,
    StandardPage,
    Topic,
)
from tests.factories.accounts import OfficeFactory


def home(language: str = "zh-hans") -> HomePage:
    """Return the home page that the migrations made."""
    return HomePage.objects.get(locale__language_code=language)


def standard_page(title: str, parent: Page | None = None, **fields: Any) -> StandardPage:
    """Return a new live page below `parent`, the Chinese home page if none is given."""
    parent = parent or home()
    page = StandardPage(title=title, slug=fields.pop("slug", f"page-{title}"), locale=parent.locale, **fields)
    return parent.add_child(instance=page)


def centre(title: str = "政务服务中心", **fields: Any) -> CentrePage:
    """Return a live centre, open on working days, 9 to 12 and 13:30 to 17."""
    index = CentreIndexPage.objects.get(locale=home().locale)
    page = CentrePage(
        title=title,
        slug=fields.pop("slug", f"centre-{title}"),
        locale=index.locale,
        **{"address": "湖滨路 1 号", "phone": "0599-1234567"} | fields,
    )
    for opens, closes in ((time(9), time(12)), (time(13, 30), time(17))):
        page.hours.add(CentreHours(day="working", opens=opens, closes=closes, locale=index.locale))
    return index.add_child(instance=page)


def guide(title: str = "居住证办理", *, rows: Any = (), **fields: Any) -> GuidePage:
    """Return a live guide. rows: unsaved rows of any kind, in order."""
    index = GuideIndexPage.objects.get(locale=home().locale)
    topic = Topic.objects.get_or_create(slug="residence", defaults={"name": "户籍与居住", "name_en": "Residence"})[0]
    told = {
        "topic": topic,
        "office": fields.pop("office", None) or OfficeFactory(code="police", name="公安分局"),
        "conditions": "<p>在本地居住满半年。</p>",
        "channels": ["counter", "online"],
        "enquiries": "0599-1111111",
        "complaints": "12345",
        "verified_on": date(2026, 3, 2),
        "promised_limit": 10,
        "statutory_limit": 15,
    }
    page = GuidePage(title=title, slug=fields.pop("slug", f"guide-{title}"), locale=index.locale, **told | fields)
    places = {related.related_model: related.get_accessor_name() for related in GuidePage._meta.related_objects}
    for row in rows:
        row.locale = index.locale
        getattr(page, places[type(row)]).add(row)
    return index.add_child(instance=page)
