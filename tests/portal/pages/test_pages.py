"""The pages of a new site, in both languages."""

import re

import pytest
from django.http import HttpResponse
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail_localize.fields import TranslatableField, get_translatable_fields
from wagtail_localize.synctree import create_aliases_for_new_page

from portal.pages.models import (
    CentrePage,
    GuideEntitlement,
    GuideMaterial,
    GuidePage,
    GuidePlace,
    GuideQuestion,
    HomeTask,
    StandardPage,
)
from portal.ui import home_blocks
from portal.ui.home_blocks import HomeBlock
from tests.factories.accounts import PASSWORD, OfficeFactory, UserFactory
from tests.factories.pages import centre, guide, home, standard_page

pytestmark = pytest.mark.django_db

PATHS = {"/": "/en/", "/about/": "/en/about/", "/accessibility/": "/en/accessibility/"}


def links(response: HttpResponse, rel: str) -> dict[str, str]:
    """The ``<link>``s of one kind: language (or nothing) → address."""
    found = re.findall(rf'<link rel="{rel}"(?: hreflang="([\w-]+)")? href="([^"]+)">', response.content.decode())
    return dict(found)


@pytest.mark.parametrize(("chinese", "english"), PATHS.items())
def test_every_page_is_there_in_both_languages_and_knows_its_counterpart(client, settings, chinese, english):
    alternates = {"zh-Hans": settings.BASE_URL + chinese, "en": settings.BASE_URL + english}
    for path, lang in ((chinese, "zh-Hans"), (english, "en")):
        response = client.get(path)

        assert response.status_code == 200
        assert f'<html lang="{lang}"' in response.content.decode()
        assert links(response, "canonical") == {"": settings.BASE_URL + path}
        assert links(response, "alternate") == alternates
        assert response.content.decode().count("<h1") == 1
        assert '<meta name="description" content="' in response.content.decode()


@pytest.mark.parametrize("path", [*PATHS, *PATHS.values()])
def test_a_page_costs_few_queries(client, django_assert_max_num_queries, path):
    client.get(path)  # site and content types are kept by the process

    with django_assert_max_num_queries(15):
        client.get(path)


def test_visitors_share_a_page_and_whoever_chose_a_display_gets_an_own_one(client):
    assert client.get("/")["Cache-Control"] == "public, max-age=60"

    client.cookies["display"] = "elder.normal.light"
    assert "private" in client.get("/")["Cache-Control"]


def test_whoever_signs_in_is_told_so_on_the_home_page_and_once(client):
    client.post("/accounts/login/", {"login": UserFactory().email, "password": PASSWORD})
    first, second = client.get("/"), client.get("/")

    assert "成功登录" in first.content.decode()
    assert "private" in first["Cache-Control"]
    assert "成功登录" not in second.content.decode()


def test_the_home_page_says_what_is_promised(client):
    chinese, english = client.get("/").content.decode(), client.get("/en/").content.decode()

    for words in ("24 小时内受理，7 个工作日内答复", "受理您的问题", "个工作日内</span>"):
        assert words in chinese
    for words in ("accepted within 24 hours", "to answer it", "working days</span>"):
        assert words in english


def test_the_home_page_shows_the_blocks_of_the_apps_in_order(client, monkeypatch, settings, tmp_path):
    tmp_path.joinpath("block.html").write_text("<section>{{ text }} {{ ui.lang }}</section>")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]
    shown = {
        "later": HomeBlock("later", "block.html", lambda request: {"text": "<two>"}, 30),
        "empty": HomeBlock("empty", "block.html", lambda request: None, 20),
        "first": HomeBlock("first", "block.html", lambda request: {"text": request.path}, 10),
    }
    monkeypatch.setattr(home_blocks, "_blocks", shown)

    sections = re.findall("<section>(.*?)</section>", client.get("/en/").content.decode())
    assert sections == ["/en/ en", "&lt;two&gt; en"]


def test_an_editors_page_shows_its_text_and_the_pages_below_it(client):
    parent = standard_page("办事手册", slug="handbook", summary="按事项查找", body="<h2>怎么查</h2>")
    standard_page("落户", parent, slug="settle", summary="材料和时限")
    standard_page("未发布", parent, slug="draft", live=False)

    page = client.get("/handbook/").content.decode()
    assert "<h2>怎么查</h2>" in page
    assert '<a href="/handbook/settle/">落户</a>' in page
    assert "材料和时限" in page
    assert "未发布" not in page

    below = client.get("/handbook/settle/").content.decode()
    assert '<a href="/handbook/">办事手册</a>' in below


def test_more_pages_below_cost_no_more_queries(client, django_assert_num_queries, django_assert_max_num_queries):
    parent = standard_page("办事手册", slug="handbook")
    standard_page("一", parent, slug="one")
    client.get("/handbook/")
    with django_assert_max_num_queries(15) as with_one:
        client.get("/handbook/")

    standard_page("二", parent, slug="two")
    standard_page("三", parent, slug="three")
    with django_assert_num_queries(len(with_one)):
        assert client.get("/handbook/").content.decode().count('class="y-card"') == 3


def test_a_page_without_counterpart_leads_to_the_home_page_of_the_other_language(client, settings):
    standard_page("停水通知", slug="water")

    assert links(client.get("/water/"), "alternate") == {
        "zh-Hans": f"{settings.BASE_URL}/water/",
        "en": f"{settings.BASE_URL}/en/",
    }
    assert client.get("/en/water/").status_code == 404


def test_a_counterpart_with_another_address_is_found(client, settings):
    chinese = standard_page("停水通知", slug="tingshui")
    english = chinese.copy_for_translation(home("en").locale)
    english.slug = "water"
    english.save_revision().publish()

    assert links(client.get("/tingshui/"), "alternate")["en"] == f"{settings.BASE_URL}/en/water/"
    assert links(client.get("/en/water/"), "alternate")["zh-Hans"] == f"{settings.BASE_URL}/tingshui/"


def test_the_footer_leads_to_the_pages_that_every_site_has(client):
    assert '<a href="/about/">关于本站</a>' in client.get("/").content.decode()
    assert '<a href="/en/accessibility/">Accessibility statement</a>' in client.get("/en/").content.decode()


def test_a_page_that_moved_is_found_under_its_old_name(client, django_capture_on_commit_callbacks):
    about = StandardPage.objects.get(slug="about", locale__language_code="zh-hans")
    with django_capture_on_commit_callbacks(execute=True):
        about.slug = "about-us"
        about.save_revision().publish()

    response = client.get("/about/", follow=True)
    assert response.redirect_chain == [("/about-us/", 301)]
    assert response.status_code == 200


def test_the_tree_is_sound():
    assert Page.find_problems() == ([], [], [], [], [])


# --- The home page --------------------------------------------------------------------------


def test_what_many_come_for_stands_below_the_search_box_in_the_language_of_the_page(client):
    english = Locale.objects.get(language_code="en")
    there, here_only, closed = (
        guide("居住证办理"),
        guide("养犬登记", office=OfficeFactory()),
        guide("内部事项", office=OfficeFactory()),
    )
    twin = there.copy_for_translation(english, copy_parents=True)
    twin.title = "Residence permit"
    twin.save_revision().publish()
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    for front in (home(), home("en")):
        for page in (there, here_only, closed):
            front.tasks.add(HomeTask(page=page, locale=front.locale))
        front.save()

    chinese_page, english_page = client.get("/").content.decode(), client.get("/en/").content.decode()

    assert f'<a href="{there.url}">居住证办理</a>' in chinese_page
    assert f'<a href="{here_only.url}">养犬登记</a>' in chinese_page
    assert "内部事项" not in chinese_page
    assert '<a href="/en/guides/' in english_page
    assert "Residence permit</a>" in english_page
    assert "养犬登记" not in english_page


def test_the_search_box_leads_to_the_search_and_guides_have_their_own(client):
    guide("居住证办理")
    page = client.get("/").content.decode()

    assert 'action="/search/"' in page
    assert "居住证办理" in client.get("/guides/?q=居住证").content.decode()


def test_in_elder_mode_there_are_five_big_entries_and_the_hotline(client):
    client.cookies["display"] = "elder.normal.light"

    page = client.get("/").content.decode()

    entries = page.partition('<ul class="home-entries">')[2].partition("</ul>")[0]
    assert entries.count("<li>") == 5
    assert 'href="tel:12345"' in page
    assert 'role="search"' not in page


# --- Two languages --------------------------------------------------------------------------


def test_a_page_without_translation_stands_in_the_english_tree_in_chinese_and_says_so(client):
    page = standard_page("停水通知", body="<p>明天停水。</p>")
    create_aliases_for_new_page(page)  # what the back office does when an editor has made a page

    there = client.get(f"/en{page.url}").content.decode()

    assert '<main id="main" tabindex="-1" lang="zh-Hans">' in there
    assert "This page has not been translated yet" in there
    assert "明天停水" in there
    assert "untranslated" not in client.get(page.url).content.decode()


def test_a_translated_guide_names_its_centres_in_its_own_language(client):
    english = Locale.objects.get(language_code="en")
    place = centre()
    page = guide(rows=[GuidePlace(centre=place, counter="3 号")])
    place_twin = place.copy_for_translation(english, copy_parents=True)
    place_twin.title = "Service Centre"
    place_twin.save_revision().publish()
    twin = page.copy_for_translation(english, copy_parents=True)
    twin.title = "Residence permit"
    twin.save_revision().publish()

    assert f'<a href="{place_twin.url}">Service Centre</a>' in client.get(twin.url).content.decode()


def test_no_code_or_telephone_number_is_given_to_translators():
    translated = {
        (model.__name__, field.field_name)
        for model in (GuidePage, GuideQuestion, GuideMaterial, GuideEntitlement, CentrePage)
        for field in get_translatable_fields(model)
        if isinstance(field, TranslatableField)
    }

    assert not translated & {
        ("GuidePage", "basic_code"), ("GuidePage", "enquiries"), ("GuideQuestion", "key"), ("GuideMaterial", "has"),
        ("GuideEntitlement", "lacks"), ("CentrePage", "phone"),
    }  # fmt: skip
    assert {("GuidePage", "title"), ("GuideQuestion", "text"), ("GuideMaterial", "name")} <= translated


def test_blocks_for_everybody_are_made_once_for_some_seconds_in_each_language_and_personal_ones_anew(
    client, monkeypatch, settings, tmp_path
):
    tmp_path.joinpath("block.html").write_text("{{ made }}")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]
    settings.KEPT_SECONDS = 60
    made = {"shared": 0, "own": 0}

    def make(name):
        def context(request):
            made[name] += 1
            return {"made": f"{name} {made[name]}"}

        return context

    shown = {
        "shared": HomeBlock("shared-of-a-test", "block.html", make("shared"), 1),
        "own": HomeBlock("own-of-a-test", "block.html", make("own"), 2, personal=True),
    }
    monkeypatch.setattr(home_blocks, "_blocks", shown)

    for address in ("/", "/", "/en/"):
        page = client.get(address).content.decode()

    assert made == {"shared": 2, "own": 3}
    assert "own 3" in page
