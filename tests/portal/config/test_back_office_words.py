"""The back office speaks Chinese: what the CMS has not translated, or calls otherwise, is in our own catalogue."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, override
from wagtail.models import Page, Site

from portal.accounts.actions.editors import sync_editor
from portal.accounts.models import Role, User
from tests.factories.accounts import OfficeFactory, UserFactory, holder

pytestmark = pytest.mark.django_db

# Names, what is written in Latin letters everywhere, and what the CMS has put into the database: data, not words.
NOT_ENGLISH = {
    "English",
    "Yishi",
    "JavaScript",
    "URL",
    "CSV",
    "XLSX",
    "AVIF",
    "GIF",
    "JPG",
    "JPEG",
    "PNG",
    "WEBP",
    "SVG",
    "Root",
    "ICP",
    "IPv",
    "Service",
    "centres",
    "guides",
}
WORDS = re.compile(r"[A-Za-z]{3,}(?: [A-Za-z]+)*")


@pytest.fixture
def people():
    editor = holder(Role.EDITOR, OfficeFactory(is_centre=True))
    User.objects.filter(pk=editor.pk).update(name="编辑")
    sync_editor(editor.pk)
    reviewer = holder(Role.REVIEWER, OfficeFactory(code="reviews"))
    User.objects.filter(pk=reviewer.pk).update(name="审核")
    sync_editor(reviewer.pk)
    return {"administrator": UserFactory(administrator=True, name="管理员"), "editor": editor, "reviewer": reviewer}


def pages() -> list[str]:
    """The pages that somebody who edits pages goes through."""
    home = Site.objects.get(is_default_site=True).root_page_id
    return [
        reverse("wagtailadmin_home"),
        reverse("admin_preferences"),
        reverse("wagtailadmin_explore", args=[home]),
        reverse("wagtailadmin_pages:edit", args=[home]),
        reverse("wagtailadmin_pages:history", args=[home]),
        reverse("wagtailimages:index"),
        reverse("wagtailimages:add"),
        reverse("wagtaildocs:index"),
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailadmin_reports:workflow"),
        reverse("pages_inspection"),
        reverse("pages_reviews"),
        reverse("pages_searches"),
        reverse("preferred_terms:add"),
        reverse("search_synonyms:add"),
        reverse("search_promotions:add"),
        reverse("search_blocked_words:index"),
    ]


def english(html: bytes) -> list[str]:
    """Return the words on a page, and in what is read aloud of it, that are in English and no English page's title."""
    soup = BeautifulSoup(html, "html.parser")
    for hidden in soup.select("[data-side-panel-toggle-counter]") + soup(
        ["script", "style", "svg", "template", "code", "kbd", "textarea"]
    ):
        hidden.decompose()
    spoken = [
        tag[name] for tag in soup.find_all() for name in ("aria-label", "title", "alt", "placeholder") if tag.get(name)
    ]
    found = WORDS.findall(" | ".join([soup.get_text(" | "), *spoken]))
    titles = set(Page.objects.filter(locale__language_code="en").values_list("title", flat=True))
    return sorted({words for words in found if not (words in titles or set(words.split()) <= NOT_ENGLISH)})


@pytest.mark.parametrize("who", ["administrator", "editor", "reviewer"])
def test_the_main_pages_show_no_english(client, people, who):
    client.force_login(people[who])
    shown = {path: client.get(path) for path in pages()}

    assert {path: response.status_code for path, response in shown.items() if response.status_code != 200} == {}
    assert {path: words for path, response in shown.items() if (words := english(response.content))} == {}


@pytest.mark.parametrize("who", ["administrator", "reviewer"])
def test_the_settings_of_who_runs_the_site_show_no_english(client, people, who, settings):
    settings.SITE_IDENTITY = {"name": "议事"}
    client.force_login(people[who])
    response = client.get(reverse("wagtailsettings:edit", args=["portal_pages", "siteidentity"]), follow=True)

    assert response.status_code == 200
    assert english(response.content) == []


@pytest.mark.parametrize("who", ["administrator", "editor"])
def test_the_cms_says_nothing_about_itself(client, people, who):
    client.force_login(people[who])
    home = client.get(reverse("wagtailadmin_home")).content.decode()

    for words in ("whats-new", "editor-guide", "editor guide", "Log out", "登出", "注销"):
        assert words not in home, words
    # The menu is written by a script, from JSON.
    assert all(json.dumps(words).strip('"') in home for words in ("退出登录", "我的账户"))


def test_a_title_ends_with_the_name_of_the_site(client, people):
    client.force_login(people["administrator"])
    titles = [BeautifulSoup(client.get(path).content, "html.parser").title.get_text() for path in pages()]

    name = settings.SITE_IDENTITY["name"]
    assert [title for title in titles if not title.strip().endswith(f"- {name}")] == []


def test_nobody_chooses_a_time_zone(client, people):
    client.force_login(people["editor"])

    assert "time_zone" not in client.get(reverse("admin_preferences")).content.decode()


def test_scripts_get_our_words_too(client, people):
    client.force_login(people["editor"])
    script = client.get("/admin/jsi18n/").content.decode()

    assert json.dumps("正在自动保存…") in script or "正在自动保存…" in script


def test_rules_for_passwords_are_as_polite_as_the_rest():
    with override("zh-hans"):
        assert gettext("Your password can’t be entirely numeric.") == "您的密码不能全是数字。"
