"""The frame around every page: languages, menus, names and legal identifiers."""

import pytest
from bs4 import BeautifulSoup
from django.core.checks import Error, Warning
from django.urls import reverse
from django.utils.translation import override

from portal.kernel.identity import Identity
from portal.ui import checks, home_blocks, navigation
from portal.ui.languages import language_links
from tests.factories.accounts import UserFactory

IDENTITY = {
    "name": "议事",
    "name_en": "Yishi",
    "owner": "澄湖区人民政府办公室",
    "owner_en": "Office of Chenghu District",
    "site_code": "3301000001",
    "icp": "浙ICP备12345678号-1",
    "police": "浙公网安备33010002000001号",
    "phone": "0571-12345678",
    "hotline": "12345",
    "email": "web@example.com",
}


@pytest.fixture
def menus(monkeypatch):
    monkeypatch.setattr(navigation, "_entries", {place: {} for place in navigation.PLACES})


@pytest.fixture
def visit(client, db):
    return lambda path: BeautifulSoup(client.get(path).content, "html.parser")


# --- Languages ------------------------------------------------------------------------------


def hrefs(rf, path, **attributes):
    request = rf.get(path)
    request.resolver_match = object()
    vars(request).update(attributes)
    return {link.code: link.href for link in language_links(request)}


@pytest.mark.parametrize(
    ("path", "chinese", "english"),
    [
        ("/", "/", "/en/"),
        ("/en/", "/", "/en/"),
        ("/answers/?office=edu&page=2", "/answers/?office=edu&page=2", "/en/answers/?office=edu&page=2"),
        ("/en/answers/", "/answers/", "/en/answers/"),
        ("/english-course/", "/english-course/", "/en/english-course/"),
    ],
)
def test_switch_keeps_the_page_and_its_query(rf, path, chinese, english):
    assert hrefs(rf, path) == {"zh-Hans": chinese, "en": english}


def test_page_may_say_where_its_translation_is(rf):
    paths = {"zh-hans": "/zhinan/", "en": "/en/guides/"}

    assert hrefs(rf, "/zhinan/", language_paths=paths) == {"zh-Hans": "/zhinan/", "en": "/en/guides/"}


def test_page_without_translation_leads_home(rf):
    assert hrefs(rf, "/zhinan/", language_paths={"zh-hans": "/zhinan/"})["en"] == "/en/"


def test_page_that_was_not_found_leads_home(rf):
    assert hrefs(rf, "/nowhere/", resolver_match=None) == {"zh-Hans": "/", "en": "/en/"}


def test_page_names_its_language_and_its_alternates(visit, settings):
    settings.BASE_URL = "https://yishi.example"
    page = visit("/en/style-guide/")

    assert page.html["lang"] == "en"
    assert {link["hreflang"]: link["href"] for link in page.select("link[rel=alternate][hreflang]")} == {
        "zh-Hans": "https://yishi.example/style-guide/",
        "en": "https://yishi.example/en/style-guide/",
    }


def test_answers_do_not_vary_by_the_language_of_the_browser(client, db):
    response = client.get("/style-guide/", headers={"Accept-Language": "en"})

    assert response["Content-Language"] == "zh-Hans"
    assert "Accept-Language" not in response["Vary"]


# --- Menus ----------------------------------------------------------------------------------


def test_menu_is_in_order_and_marks_the_present_page(menus, visit):
    navigation.register("组件", "ui_style_guide", 20)
    navigation.register("显示", "ui_display", 10)

    links = visit("/style-guide/").select(".site-nav a")

    assert [(link.text, link["href"], link.get("aria-current")) for link in links] == [
        ("显示", "/display/", None),
        ("组件", "/style-guide/", "page"),
    ]


def test_entry_can_be_for_some_requests_only(menus, rf):
    navigation.register("组件", "ui_style_guide", 20, shown=lambda request: False)

    assert navigation.links(rf.get("/"), "main") == []


def test_menu_of_the_account_is_for_whoever_has_signed_in(menus, visit, client):
    navigation.register("我的", "ui_display", 10, place="account")
    before = visit("/style-guide/").select_one(".site-tools").text

    client.force_login(UserFactory())

    after = visit("/style-guide/").select_one(".site-tools").text
    assert "我的" not in before
    assert "我的" in after
    assert "退出登录" in after


def test_menu_entry_without_address_is_an_error(menus):
    navigation.register("没有", "no_such_address", 10)

    assert [error.id for error in checks.menus_lead_somewhere(None)] == ["portal_ui.E003"]


def test_home_page_blocks_come_in_order(monkeypatch):
    monkeypatch.setattr(home_blocks, "_blocks", {})
    home_blocks.register("latest", "a.html", lambda request: {}, 40)
    home_blocks.register("search", "b.html", lambda request: {}, 10)

    assert [block.name for block in home_blocks.blocks()] == ["search", "latest"]


def test_skip_link_leads_to_the_content(visit):
    page = visit("/style-guide/")

    assert page.body.find("a")["href"] == "#main"
    assert page.select_one("main#main[tabindex='-1']")


# --- Names and identifiers ------------------------------------------------------------------


def test_footer_shows_the_legal_identifiers(visit, settings):
    settings.SITE_IDENTITY = IDENTITY
    page = visit("/style-guide/")
    footer = page.footer.text

    assert all(IDENTITY[key] in footer for key in ("site_code", "icp", "police", "owner", "phone"))
    assert page.select_one("meta[name=SiteIDCode]")["content"] == "3301000001"
    assert page.footer.find("a", string="我为网站找错")["href"].startswith("mailto:web@example.com")


def test_english_page_has_english_names(visit, settings):
    settings.SITE_IDENTITY = IDENTITY

    page = visit("/en/style-guide/")

    assert page.title.text.endswith("Yishi")
    assert "Office of Chenghu District" in page.footer.text


def test_blank_identifiers_are_left_out(visit, settings):
    settings.SITE_IDENTITY = {"name": "议事"}

    assert "备案" not in visit("/style-guide/").footer.text


def test_demo_says_that_it_is_one(visit, settings):
    settings.DEMO = True
    settings.SITE_IDENTITY = {"name": "议事"}
    page = visit("/style-guide/")

    assert "虚构" in page.select_one(".demo-bar").text
    assert "正式上线后填写" in page.footer.text


def test_elder_mode_has_the_hotline_on_top(visit, client):
    client.cookies["display"] = "elder.normal.light"

    assert visit("/style-guide/").select_one(".hotline a")["href"] == "tel:12345"


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("site_code", "3301000001", "33010"),
        ("icp", "浙ICP备2021012345号", "浙ICP备号"),
        ("police", "浙公网安备 33010002000001号", "浙公网安备1号"),
        ("phone", "+86 571 1234", "call us"),
        ("email", "web@example.com", "web"),
        ("hotline", "12345", "一二三四五"),
    ],
)
def test_malformed_identifier_is_an_error(settings, key, good, bad):
    assert not list(Identity(**{key: good}).malformed())
    settings.SITE_IDENTITY = {key: bad}

    (error,) = checks.identifiers_are_well_formed(None)

    assert isinstance(error, Error)
    assert key in error.msg


def test_unknown_key_is_an_error(settings):
    settings.SITE_IDENTITY = {"nmae": "议事"}

    assert [error.id for error in checks.identifiers_are_well_formed(None)] == ["portal_ui.E001"]


def test_missing_identifier_is_a_warning_before_going_public(settings):
    settings.SITE_IDENTITY = IDENTITY | {"operator": "服务中心", "icp": ""}

    (warning,) = checks.identifiers_are_complete(None)

    assert isinstance(warning, Warning)
    assert "icp" in warning.msg


def test_home_address_follows_the_language():
    with override("en"):
        assert navigation.home_address() == "/en/"
    assert reverse("ui_display") == "/display/"
