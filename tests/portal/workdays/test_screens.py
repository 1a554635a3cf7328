"""The calendar in the Wagtail admin: paste, look, correct, save; another person confirms or rejects."""

import re
from datetime import date, datetime

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.accounts.models import Role, User
from portal.kernel.clock import SHANGHAI, FixedClock
from portal.workdays.actions.deciding import confirm
from portal.workdays.actions.proposing import propose
from portal.workdays.models import CalendarVersion
from portal.workdays.queries import calendar
from portal.workdays.rules.notices import Layer
from tests.factories.accounts import OfficeFactory, UserFactory, actor, holder
from tests.factories.workdays import announced, day_off, load, make_up_day, notice, official_year

pytestmark = pytest.mark.django_db

LIST, PASTE, LOCAL, REVIEW = (reverse(f"workdays:{name}") for name in ("versions", "national", "local", "review"))
AUTUMN = datetime(2026, 11, 25, 10, tzinfo=SHANGHAI)
NOTICE_2027 = official_year(2027)
TEXT = announced(NOTICE_2027).strip()


@pytest.fixture(autouse=True)
def autumn(clock):
    clock.set(AUTUMN)


@pytest.fixture
def proposer(client):
    user = UserFactory(administrator=True, name="登记人")
    client.force_login(user)
    return user


@pytest.fixture
def second() -> User:
    return UserFactory(administrator=True, name="确认人")


def words(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def typed_in(response) -> dict[str, str]:
    """Return what the review page would send when its button is pressed."""
    forms = response.context["form"], response.context["days"]
    return {key: value for key, value in forms[0].data.items() if key != "csrfmiddlewaretoken"}


def save(client, response, **changed):
    return client.post(REVIEW, typed_in(response) | changed | {"do": "save"}, follow=True)


def draft_by(user, days=NOTICE_2027, text="") -> CalendarVersion:
    return propose(days, text=text, by=actor(user), clock=FixedClock(AUTUMN))


def step(version, name):
    return reverse("workdays:decide", args=[version.pk, name])


# --- From the text to a draft -----------------------------------------------------------------


def test_a_pasted_notice_is_shown_as_a_year_and_saved_as_a_draft(client, proposer):
    page = client.post(PASTE, {"text": TEXT})
    html = words(page)
    assert "没有。每个日期都看懂了" in html
    assert "国务院办公厅关于2027年部分节假日安排的通知" in html
    assert html.count('class="cal-month"') == 12

    saved = words(save(client, page))
    version = CalendarVersion.objects.get(status="draft")
    assert "草稿已保存" in saved
    assert "须由另一个人确认" in saved
    assert (version.year, version.layer, version.text, version.proposed_by) == (2027, "national", TEXT, proposer)
    assert [(day.date, day.kind) for day in version.days.all()] == [(day.date, day.kind) for day in NOTICE_2027.days]
    assert set(version.days.values_list("name_en", flat=True)) == {day.name_en for day in NOTICE_2027.days}
    assert calendar().version == "1"


def test_what_is_not_understood_stands_beside_the_text(client, proposer):
    text = TEXT.replace("元旦：1月1日（周五）", "元旦：1月1日（周四）")
    text = text.replace("节假日期间", "八、教师节：另行通知放假。\n节假日期间")
    html = words(client.post(PASTE, {"text": text}))

    assert "<mark>1月1日（周四）" in html
    assert "星期和日期对不上，按日期 2027-01-01 处理" in html
    assert '<q lang="zh-Hans">另行通知放假</q>' in html


def test_days_are_corrected_by_hand_and_the_second_person_sees_which(client, proposer, second):
    page = client.post(PASTE, {"text": TEXT})
    typed = typed_in(page)
    first_free = int(typed["days-TOTAL_FORMS"]) - 3
    corrected = {
        "days-0-DELETE": "on",  # New Year's Day
        f"days-{first_free}-date": "2027-12-25",
        f"days-{first_free}-kind": "off",
        f"days-{first_free}-name": "测试节",
    }

    preview = words(client.post(REVIEW, typed | corrected | {"do": "preview"}))
    assert "测试节" in preview
    assert not CalendarVersion.objects.filter(status="draft").exists()

    save(client, page, **corrected)
    version = CalendarVersion.objects.get(status="draft")
    assert not version.days.filter(date=date(2027, 1, 1)).exists()
    assert version.days.get(date=date(2027, 12, 25)).name == "测试节"
    client.force_login(second)
    html = words(client.get(reverse("workdays:version", args=[version.pk])))
    by_hand = html[html.index("手工更正过的日子") : html.index("确认之后")]
    assert "2027-01-01" in by_hand
    assert "2027-12-25" in by_hand


def test_more_rows_keep_what_was_typed(client, proposer):
    page = client.post(PASTE, {"text": TEXT})
    typed = typed_in(page) | {"days-0-name": "改过的名字", "do": "more"}
    more = client.post(REVIEW, typed)

    assert "改过的名字" in words(more)
    assert int(more.context["days"].data["days-TOTAL_FORMS"]) == int(typed["days-TOTAL_FORMS"]) + 5


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"source": ""}, "依据"),
        ({"days-0-date": "2027-02-31"}, "days-0-date_error"),
        ({"days-0-kind": ""}, "days-0-kind_error"),
        ({"days-0-name": ""}, "days-0-name_error"),
        ({"days-0-date": "2027-02-08"}, "同一天写了两次：2027-02-08"),
        ({"days-0-date": "2028-01-01"}, "只能写当年和上一年 12 月的日期：2028-01-01"),
        ({"days-0-date": "2027-01-05", "days-0-kind": "work"}, "调休上班日应当是周末：2027-01-05"),
        ({"year": "2050"}, "只能写当年和上一年"),
        ({"year": "x"}, "2027-01-01"),
        ({"layer": "village"}, "2027-01-01"),
        ({"days-TOTAL_FORMS": "x"}, "保存草稿"),
    ],
)
def test_what_cannot_be_saved_is_shown_again_with_the_reason(client, proposer, changed, said):
    page = client.post(PASTE, {"text": TEXT})
    again = client.post(REVIEW, typed_in(page) | changed | {"do": "save"})

    assert said in words(again, 422)
    assert TEXT.splitlines()[0] in again.content.decode()
    assert not CalendarVersion.objects.filter(status="draft").exists()


def test_a_text_without_a_year_asks_for_it_and_loses_nothing(client, proposer):
    text = "一、元旦：1月1日放假。\n七、国庆节：10月1日放假。"
    asked = words(client.post(PASTE, {"text": text}), 422)
    assert "看不出是哪一年的安排" in asked
    assert text in asked

    assert "2027-10-01" in words(client.post(PASTE, {"text": text, "year": "2027"}))


def test_an_empty_or_endless_text_is_refused(client, proposer):
    words(client.post(PASTE, {"text": ""}), 422)
    words(client.post(PASTE, {"text": "长" * 8001}), 422)
    words(client.post(PASTE, {"text": "一", "year": "1066"}), 422)


def test_an_amendment_leaves_the_other_festivals_to_the_notice_that_named_them(client, proposer, clock):
    first = load(NOTICE_2027, clock)
    text = "国务院办公厅关于调整2027年元旦假期安排的通知\n一、2027年1月1日至2日放假，共2天。"
    page = client.post(PASTE, {"text": text})
    assert "没有提到的节日照旧" in words(page)

    save(client, page)
    version = CalendarVersion.objects.get(status="draft")
    own = version.days.filter(named_by=None)
    assert set(own.values_list("date", flat=True)) == {date(2027, 1, 2)}
    assert version.days.filter(named_by=first).count() == version.days.count() - 1


def test_a_person_may_say_that_a_notice_is_for_the_whole_year(client, proposer):
    text = TEXT.replace("部分节假日安排的通知", "元旦放假的通知")
    assert "没有提到的节日照旧" in words(client.post(PASTE, {"text": text}))
    assert "取代这一年现有的全部日期" in words(client.post(PASTE, {"text": text, "scope": "year"}))


# --- Local days -------------------------------------------------------------------------------

TYPHOON = {
    "kind": "off",
    "first": "2026-12-01",
    "last": "2026-12-02",
    "name": "台风停工",
    "source": "市政府办公室通知",
    "document_number": "清政办〔2026〕1号",
}


def test_a_typhoon_closes_the_offices_for_some_days(client, proposer, second, clock):
    page = client.post(LOCAL, TYPHOON)
    assert "2026-12-01 星期二 至 12-02 星期三" in words(page)
    save(client, page)
    version = CalendarVersion.objects.get(status="draft")
    confirm(version.pk, by=actor(second), clock=clock)

    assert not calendar().is_working_day(date(2026, 12, 1))
    assert (version.layer, version.document_number) == ("local", "清政办〔2026〕1号")


def test_an_earlier_closure_stays_with_its_own_document(client, proposer, clock):
    earlier = load(notice(2026, day_off("2026-07-15", "停水"), layer=Layer.LOCAL), clock)
    save(client, client.post(LOCAL, TYPHOON))

    version = CalendarVersion.objects.get(status="draft")
    assert [(day.date.month, day.named_by) for day in version.days.all()] == [(7, earlier), (12, None), (12, None)]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"last": "2026-11-30"}, "结束日期不能早于开始日期"),
        ({"last": "2027-01-05"}, "一次最多登记 31 天"),
        ({"first": "2026-12-30", "last": "2027-01-02"}, "跨年的请按年份分两次登记"),
        ({"first": "1926-12-01", "last": "1926-12-01"}, "请检查年份"),
        ({"name": ""}, "事由"),
        ({"address": "javascript:alert(1)"}, "网址"),
    ],
)
def test_local_days_that_cannot_be_meant_are_said_so_beside_the_field(client, proposer, changed, said):
    again = words(client.post(LOCAL, TYPHOON | changed), 422)

    assert said in again
    assert "error-message" in again
    assert "市政府办公室通知" in again


# --- The second person ------------------------------------------------------------------------


def test_another_person_confirms_and_the_page_says_how_far_the_dates_are(client, proposer, second, background):
    version = draft_by(proposer, text=TEXT)
    client.force_login(second)
    page = words(client.get(reverse("workdays:version", args=[version.pk])))
    assert "没有在办问题的日期会推后" in page

    confirmed = client.post(step(version, "confirm"), {"compared": "on"}, follow=True)
    assert "等待后台开始" in words(confirmed)
    assert confirmed["Refresh"] == "10"
    assert "Refresh" not in client.get(reverse("workdays:version", args=[version.pk]), {"still": "1"})
    background()
    over = client.get(reverse("workdays:version", args=[version.pk]))
    assert "已完成，0 个日期有变动" in words(over)
    assert "Refresh" not in over


def test_confirming_wants_the_tick(client, proposer, second):
    version = draft_by(proposer)
    client.force_login(second)

    refused = client.post(step(version, "confirm"))
    assert "请先对照原文核对" in words(refused, 422)
    page = BeautifulSoup(refused.content, "html.parser")
    link = page.select_one("#error-summary[data-focus-on-load] a")
    assert page.find(id=link["href"][1:])["name"] == "compared"
    assert page.select_one("#error-summary").find_previous("section") is None
    assert calendar().version == "1"


def test_nobody_confirms_their_own_draft(client, proposer):
    version = draft_by(proposer)
    page = words(client.get(reverse("workdays:version", args=[version.pk])))
    assert step(version, "confirm") not in page
    assert step(version, "withdraw") in page

    assert "须由另一个人确认" in words(client.post(step(version, "confirm"), {"compared": "on"}), 403)
    assert calendar().version == "1"
    assert "草稿已撤回" in words(client.post(step(version, "withdraw"), follow=True))


def test_a_rejection_keeps_its_reason(client, proposer, second):
    version = draft_by(proposer)
    client.force_login(second)
    assert "reason" in words(client.post(step(version, "reject"), {"reason": ""}), 422)

    page = words(client.post(step(version, "reject"), {"reason": "国庆节少一天"}, follow=True))
    assert "国庆节少一天" in page
    assert "未同意" in page


def test_two_people_deciding_one_draft_are_told(client, proposer, second, clock):
    version = draft_by(proposer)
    third = UserFactory(administrator=True)
    client.force_login(second)
    confirm(version.pk, by=actor(third), clock=clock)

    assert "刚才已经有人处理过这份草稿" in words(client.post(step(version, "confirm"), {"compared": "on"}), 409)


def test_a_draft_that_was_overtaken_says_so(client, proposer, second, clock):
    version = draft_by(proposer)
    load(notice(2027, day_off("2027-01-01", "元旦")), clock)
    client.force_login(second)

    assert "换了版次" in words(client.post(step(version, "confirm"), {"compared": "on"}), 403)


def test_a_step_that_does_not_exist_is_404(client, proposer):
    version = draft_by(proposer)

    assert client.post(step(version, "supersede")).status_code == 404
    assert client.get(reverse("workdays:version", args=[10**9])).status_code == 404


# --- Who sees what ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "sees", "proposes"),
    [
        (Role.DISPATCHER, True, True),
        (Role.LEADER, True, True),  # of an office with none above it
        (Role.AUDITOR, True, False),
        (Role.SPOKESPERSON, False, False),
        (Role.EDITOR, False, False),
    ],
)
def test_who_sees_the_versions_and_who_proposes(client, role, sees, proposes):
    client.force_login(holder(role, OfficeFactory(is_centre=True)))
    ajax = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}

    assert (client.get(LIST, **ajax).status_code == 200) is sees
    for address in (PASTE, LOCAL):
        assert (client.get(address, **ajax).status_code == 200) is proposes
    assert client.post(REVIEW, **ajax).status_code == (422 if proposes else 403)


def test_the_list_finds_by_layer_and_year(client, proposer, clock):
    load(notice(2026, day_off("2026-12-01", "停水"), layer=Layer.LOCAL, source="供水公司通知"), clock)
    local = words(client.get(LIST, {"layer": "local"}))
    assert "供水公司通知" in local
    assert "2025 年全国第 1 版" not in local
    assert "2025 年全国第 1 版" in words(client.get(LIST, {"year": "2025"}))
    assert "没有符合条件的版本" in words(client.get(LIST, {"layer": "local", "year": "2025"}))
    assert "2026 年全国第 1 版" in words(client.get(LIST, {"layer": "x", "year": "x", "p": "x"}))


def statements(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_list_begins_with_the_latest_year(client, proposer, clock):
    load(official_year(2027), clock)
    years = re.findall(r"(\d{4}) 年全国第", words(client.get(LIST)))

    assert years[:2] == ["2040", "2039"]
    assert years == sorted(years, reverse=True)


def test_the_list_costs_the_same_with_one_draft_and_with_three(client, proposer):
    draft_by(proposer)
    with_one = statements(client, LIST)
    draft_by(UserFactory(administrator=True))
    draft_by(UserFactory(administrator=True))

    assert statements(client, LIST) == with_one


def test_a_version_costs_the_same_with_one_day_and_with_many(client, proposer):
    one = draft_by(proposer, notice(2027, day_off("2027-01-01", "元旦")))
    many = draft_by(proposer, NOTICE_2027)
    addresses = [reverse("workdays:version", args=[version.pk]) for version in (one, many)]

    assert statements(client, addresses[0]) == statements(client, addresses[1])


def test_a_december_day_of_next_years_notice_is_shown(client, proposer):
    version = draft_by(
        proposer, notice(2027, day_off("2026-12-31", "元旦"), day_off("2027-01-01", "元旦"), make_up_day("2026-12-27"))
    )
    html = words(client.get(reverse("workdays:version", args=[version.pk])))

    assert html.count('class="cal-month"') == 13
    assert "2026年12月" in html
