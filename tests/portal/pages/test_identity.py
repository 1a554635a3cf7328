"""Who runs the site: entered in the back office over the environment's values, on every page, kept for seconds."""

import pytest
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import ModelLogEntry

from portal.accounts.mail import site_name
from portal.accounts.models import Role
from portal.kernel.identity import FORMATS, Identity, installed
from portal.pages.inspection.indicators import indicators
from portal.pages.models import SiteIdentity
from portal.pages.models.identity import ADVICE
from portal.pages.queries import identity as reading
from portal.pages.queries.identity import FRESH, forget
from portal.ui import checks, errors
from portal.ui.keeping import MEMORY
from tests.factories.accounts import UserFactory
from tests.factories.pages import picture
from tests.portal.pages.test_editing import at_the_desk
from tests.portal.pages.test_inspection import TODAY

SETTINGS = "/admin/settings/portal_pages/siteidentity/"
ENVIRONMENT = {"name": "议事", "name_en": "Yishi", "owner": "区政府办公室", "owner_en": "District Office"}


@pytest.fixture(autouse=True)
def environment(settings):
    settings.SITE_IDENTITY = ENVIRONMENT


@pytest.fixture
def reviewer(db):
    return at_the_desk(Role.REVIEWER)


def entered(**fields):
    """What is entered, for every process to see."""
    SiteIdentity.objects.update(**fields)
    forget()


@pytest.fixture
def save(client, django_capture_on_commit_callbacks):
    """Send the form as a browser would, with some fields changed."""

    def send(**changed):
        page = BeautifulSoup(client.get(SETTINGS, follow=True).content, "html.parser")
        controls = page.select("form[data-edit-form] input[name]")
        data = {control["name"]: control.get("value", "") for control in controls if control.get("type") != "checkbox"}
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(f"{SETTINGS}{SiteIdentity.objects.get().pk}/", data | changed, follow=True)

    return send


def footer(client, path="/"):
    return BeautifulSoup(client.get(path).content, "html.parser").footer.get_text(" ", strip=True)


# --- What stands where something was entered ----------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ("区政府办公室", "District Office")),
        ({"owner": ""}, ("区政府办公室", "District Office")),
        ({"owner": "数据局"}, ("数据局", "数据局")),  # the English name of before is another office's
        ({"owner": "数据局", "owner_en": "Data Office"}, ("数据局", "Data Office")),
        ({"owner_en": "Data Office"}, ("区政府办公室", "Data Office")),
    ],
)
def test_what_is_entered_counts_and_a_name_comes_with_its_own_english(given, expected):
    merged = Identity(**ENVIRONMENT).with_entered(given)

    assert (merged.localized("owner", "zh-hans"), merged.localized("owner", "en")) == expected


def test_every_format_has_a_sentence_for_whoever_typed_something_else():
    assert set(ADVICE) == set(FORMATS)


def test_every_key_can_be_entered():
    assert {field.name for field in SiteIdentity._meta.fields} - {"id"} == set(Identity.__dataclass_fields__)


def test_digits_of_full_width_are_no_digits():
    assert not list(Identity(police="浙公网安备33010002000001号").malformed())
    assert [key for key, _ in Identity(police="浙公网安备３３０１０００２００００１０号").malformed()] == ["police"]


# --- In the back office -------------------------------------------------------------------------------


def test_a_reviewer_enters_it_and_every_page_shows_it(client, reviewer, save):
    assert "浙ICP备" not in footer(client)
    client.force_login(reviewer)
    response = save(icp="浙ICP备12345678号-1", owner="数据局", name="湖畔议事", name_en="Lakeside")

    assert response.status_code == 200
    assert "网站标识和页脚已更新。" in response.content.decode()
    client.logout()
    assert "浙ICP备12345678号-1" in footer(client)
    assert "主办单位 数据局" in footer(client)
    assert "数据局" in footer(client, "/en/")
    assert BeautifulSoup(client.get("/en/").content, "html.parser").title.get_text().endswith("Lakeside")
    with override("en"):
        assert site_name() == "Lakeside"


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("site_code", "33010"),
        ("icp", "浙ICP备号"),
        ("police", "浙公网安备1号"),
        ("badge_address", "https://example.org/badge"),
        ("mistakes_address", "http://example.org/"),
        ("phone", "请打 12345"),
        ("hotline", "一二三四五"),
        ("email", "wangzhan"),
    ],
)
def test_a_wrong_value_is_told_beside_its_field_and_nothing_typed_is_lost(client, reviewer, save, name, wrong):
    client.force_login(reviewer)
    page = BeautifulSoup(save(**{name: wrong, "owner": "数据局"}).content, "html.parser")

    assert str(ADVICE[name]) in page.select_one(f"[id*='{name}-errors']").get_text()
    assert page.select_one(f"input[name={name}]")["value"] == wrong
    assert page.select_one("input[name=owner]")["value"] == "数据局"
    assert not SiteIdentity.objects.get().owner


def test_the_form_says_what_stands_there_otherwise_and_what_is_missing(client, reviewer):
    client.force_login(reviewer)
    page = BeautifulSoup(client.get(SETTINGS, follow=True).content, "html.parser")

    text = page.get_text()
    assert "留空就是：区政府办公室" in text
    assert text.count("政府网站必须公布，现在还缺。") == len(installed().current().missing())


def test_what_was_changed_is_in_the_log_and_on_the_page(client, reviewer, save):
    client.force_login(reviewer)
    save(icp="浙ICP备12345678号")
    save(icp="浙ICP备12345678号-1")
    save()

    entries = list(ModelLogEntry.objects.filter(action="pages.identity").order_by("pk"))
    assert [entry.user for entry in entries] == [reviewer, reviewer]
    assert [entry.message for entry in entries] == [
        "ICP 备案号：（空） → 浙ICP备12345678号",
        "ICP 备案号：浙ICP备12345678号 → 浙ICP备12345678号-1",
    ]
    assert entries[1].message in client.get(SETTINGS, follow=True).content.decode()
    client.force_login(UserFactory(administrator=True))
    assert entries[1].message in client.get(reverse("wagtailadmin_reports:site_history")).content.decode()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.SPOKESPERSON])
def test_who_does_not_review_cannot_change_it(client, db, role):
    client.force_login(at_the_desk(role))
    address = f"{SETTINGS}{SiteIdentity.objects.get().pk}/"

    assert client.get(address, headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 403
    client.post(address, {"hotline": "99999"})
    assert not SiteIdentity.objects.get().hotline


def test_what_is_missing_stands_on_the_dashboard_and_in_the_self_check(client, reviewer, clock):
    client.force_login(reviewer)
    home = client.get(reverse("wagtailadmin_home")).content.decode()

    assert "页脚缺：网站标识码、ICP 备案号、公安机关备案号、承办单位、联系电话。" in home
    assert f'href="{SETTINGS}"' in home
    (line,) = (one for one in indicators(TODAY) if one.key == "identity")
    assert [place.href for place in line.places] == [SETTINGS]

    entered(site_code="3302000001", icp="浙ICP备12345678号", police="浙公网安备33010002000001号", operator="中心")
    entered(phone="0574-1234")
    assert "页脚缺" not in client.get(reverse("wagtailadmin_home")).content.decode()
    (line,) = (one for one in indicators(TODAY) if one.key == "identity")
    assert line.places == ()


def test_an_editor_is_told_who_enters_it(client, db, clock):
    client.force_login(at_the_desk(Role.EDITOR))
    home = BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser")

    assert "请审核人员或管理员填写。" in home.select_one(".inspection__panel").get_text()
    assert not home.select(f'.inspection__panel a[href="{SETTINGS}"]')


# --- The footer ---------------------------------------------------------------------------------------


def test_the_footer_shows_the_badge_ipv6_and_the_way_to_report_mistakes(client, db):
    entered(
        badge=picture("标识"),
        badge_address="https://bszs.conac.cn/sitename?method=show&id=ABC",
        ipv6=True,
        mistakes_address="https://zfwzzc.example.gov.cn/?site_code=3302000001",
        email="web@example.org",
    )
    page = BeautifulSoup(client.get("/").content, "html.parser").footer

    badge = page.select_one('a[href^="https://bszs.conac.cn/"] img')
    assert badge["alt"] == "党政机关"
    assert badge["src"].startswith("/media/")
    assert "本网站已支持" in page.get_text()
    assert page.find("a", string="我为政府网站找错")["href"] == "https://zfwzzc.example.gov.cn/?site_code=3302000001"
    assert "我为网站找错" not in page.get_text()


# --- What it costs, and when the database is away -----------------------------------------------------


def statements(client, path="/accessibility/"):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in seen if "siteidentity" in query["sql"]]


def test_pages_ask_for_it_once_in_some_seconds(client, db, settings):
    settings.KEPT_SECONDS = 60
    forget()

    assert len(statements(client)) == 1
    assert statements(client) == statements(client, "/en/accessibility/") == []


def test_another_process_hears_of_a_change_when_its_seconds_are_over(client, db, settings):
    settings.KEPT_SECONDS = 60
    forget()
    footer(client)
    SiteIdentity.objects.update(phone="0574-1234")
    assert "0574-1234" not in footer(client)

    caches[MEMORY].delete(FRESH)  # as time does
    assert "0574-1234" in footer(client)


def test_without_database_it_is_as_it_was_last(db, rf, monkeypatch):
    entered(phone="0574-1234", hotline="96345")
    installed().current()
    forget()
    monkeypatch.setattr(reading, "_entered", away)

    assert installed().current() == installed().known()
    assert installed().known().phone == "0574-1234"
    assert "96345" in errors.server_error(rf.get("/")).content.decode()


def away():
    raise OperationalError("the database is away")


def test_a_process_that_has_never_asked_says_what_the_environment_says(rf, monkeypatch, settings):
    settings.SITE_IDENTITY = ENVIRONMENT | {"hotline": "12345"}
    caches[MEMORY].clear()
    monkeypatch.setattr(reading, "_entered", away)

    assert installed().current() == Identity(**settings.SITE_IDENTITY)
    assert "12345" in errors.unavailable(rf.get("/")).content.decode()


def test_the_checks_at_start_do_not_ask(monkeypatch):
    caches[MEMORY].clear()

    assert checks.identifiers_are_well_formed(None) == []
    assert checks.identifiers_are_complete(None)
