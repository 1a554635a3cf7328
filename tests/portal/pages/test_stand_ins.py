"""A Chinese page stands in the English tree until it is translated: for readers, marked; as a translation, nowhere."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail_localize.synctree import create_aliases_for_new_page

from portal.accounts.models import Role
from portal.pages.inspection.looking import look_at
from portal.pages.inspection.survey import Survey
from portal.pages.models import NewsPage
from portal.pages.rules.content_checks import Check
from tests.factories.pages import home, news
from tests.portal.pages.test_editing import at_the_desk, edit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TODAY = date(2026, 3, 2)


def stand_in(title: str = "步道建成", slug: str = "path") -> NewsPage:
    """Return a released Chinese piece of news of which the English tree holds the stand-in."""
    page = news(title, slug=slug)
    create_aliases_for_new_page(page)
    assert page.aliases.get().locale.language_code == "en"
    return page


def translated(page: NewsPage) -> None:
    """Translate a page: its stand-in becomes a page of its own."""
    alias = page.aliases.get()
    alias.alias_of = None
    alias.save(update_fields=["alias_of"])


@pytest.mark.parametrize("path", ["/en/", "/en/news/"])
def test_english_lists_mark_the_title_as_chinese(client, path):
    stand_in()
    soup = BeautifulSoup(client.get(path).content, "html.parser")
    (link,) = soup.select(".article-row__title a")

    assert link["lang"] == "zh-Hans"
    assert soup.select_one(".article-row__facts [lang='zh-Hans']").get_text() == "中文"
    assert not BeautifulSoup(client.get("/news/").content, "html.parser").select(".article-row [lang]")


def test_the_english_feed_and_the_sitemap_leave_it_out(client):
    page = stand_in()
    assert "步道建成" not in client.get("/en/news/feed/").content.decode()
    assert "步道建成" in client.get("/news/feed/").content.decode()

    listed = client.get("/sitemap-pages.xml").content.decode()
    assert "/news/path/" in listed
    assert "/en/news/path/" not in listed

    translated(page)
    assert "步道建成" in client.get("/en/news/feed/").content.decode()
    assert "/en/news/path/" in client.get("/sitemap-pages.xml").content.decode()


@pytest.mark.parametrize("path", ["/news/path/", "/en/news/path/"])
def test_it_is_no_alternate_and_the_language_switch_still_leads_to_it(client, path):
    page = stand_in()

    def languages() -> list[str]:
        soup = BeautifulSoup(client.get(path).content, "html.parser")
        assert {"/news/path/", "/en/news/path/"} & {link.get("href") for link in soup.select("a[hreflang]")}
        return [link["hreflang"] for link in soup.select("link[rel=alternate][hreflang]")]

    assert languages() == ["zh-Hans"]
    translated(page)
    assert languages() == ["zh-Hans", "en"]


def test_no_check_takes_it_for_a_translation_or_for_a_page_of_its_own():
    page = stand_in()

    def seen() -> list[set[Check]]:
        return [{f.check for f in one.found} for one in Survey(TODAY).pages if one.page.title == "步道建成"]

    assert Check.NO_TRANSLATION in {finding.check for finding in look_at(page, TODAY)}
    (found,) = seen()
    assert Check.NO_TRANSLATION in found

    translated(page)
    assert Check.NO_TRANSLATION not in {finding.check for finding in look_at(page, TODAY)}
    assert [Check.NO_TRANSLATION in found for found in seen()] == [False, False]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_back_office_ticks_no_translation(client, language):
    page = stand_in()
    client.force_login(at_the_desk(Role.EDITOR))
    index = home(language).get_descendants().get(slug="news")

    def ticks() -> int:
        soup = BeautifulSoup(client.get(reverse("wagtailadmin_explore", args=[index.pk])).content, "html.parser")
        return len(soup.select("table.listing .icon-check"))

    assert ticks() == 0
    translated(page)
    assert ticks() == 1


def test_the_editor_of_the_original_names_no_second_language(client):
    page = stand_in()
    client.force_login(at_the_desk(Role.EDITOR))
    twin = edit(page.aliases.get())
    assert twin not in client.get(edit(page)).content.decode()

    translated(page)
    assert twin in client.get(edit(page)).content.decode()
