"""Service guides as residents meet them: school, helper, sheet and list."""

import json
import re
from datetime import time

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Locale, PageViewRestriction

from portal.pages.models import (
    GuideEntitlement,
    GuideMaterial,
    GuidePage,
    Topic,
)
from tests.factories.accounts import OfficeFactory
from tests.factories.pages import centre, full_guide, guide

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(clock):
    return full_guide()


def test_every_element_of_the_guide_is_on_its_page(client, school):
    text = client.get(school.url).content.decode()

    for words in (
        "新居民孩子上学", "10 个工作日", "法定 15 个工作日", "不收费", "公安分局", "户口簿", "政府部门核发 · 公安机关",
        "原件 1 份，复印件 1 份", "网上填报", "国务院令第 663 号", "可以，带委托书。", "5 号窗口", "湖滨路 1 号",
        "2026-03-02 核对无误，下次核对不晚于 2027-03-02", "在本地居住满半年",
    ):  # fmt: skip
        assert words in text


def test_search_engines_get_the_service_as_data(client, school):
    text = client.get(school.url).content.decode()
    data = json.loads(re.search(r'<script[^>]*id="structured-data"[^>]*>(.*?)</script>', text, re.S)[1])

    assert data["@type"] == "GovernmentService"
    assert data["serviceOperator"]["name"] == "公安分局"
    assert [channel.get("serviceUrl") for channel in data["availableChannel"]] == [None, "https://example.org/apply"]


def test_the_helper_asks_only_what_makes_a_difference(client, school):
    text = client.get(f"{school.url}checklist/").content.decode()

    assert "回答 3 个问题" in text
    assert "在本地有自购住房吗？" in text
    assert "居住证逾期未签注" in text


@pytest.mark.parametrize(
    ("answers", "title", "needed"),
    [
        ({"kind": "registered", "age": 5, "has-house": "no"}, "您可以办", ["户口簿", "出生证明"]),
        ({"kind": "permit", "age": 30, "has-house": "yes"}, "您可以办，但有限制", ["户口簿", "居住证", "房产证"]),
        ({"kind": "permit_dormant", "age": 30, "has-house": "yes"}, "现在不能办", []),
        ({"kind": "temporary", "age": 30, "has-house": "no"}, "现在不能办", []),
    ],
)
def test_the_checklist_is_personal(client, school, answers, title, needed):
    text = client.get(f"{school.url}checklist/", answers).content.decode()

    assert title in text
    assert [name for name in ("户口簿", "居住证", "房产证", "出生证明") if f"<strong>{name}</strong>" in text] == needed


def test_of_each_material_is_said_who_needs_it_and_on_ones_own_list_no_longer(client, school):
    everybodys = client.get(school.url).content.decode()
    own = client.get(f"{school.url}checklist/", {"kind": "permit", "age": 30, "has-house": "yes"}).content.decode()

    for words in ("谁需要：新居民：居住证有效", "谁需要：“在本地有自购住房吗？”答“是”", "谁需要：不超过 6 周岁"):
        assert words in everybodys
    assert "符合情形才需要" not in everybodys
    assert "房产证" in own
    assert "谁需要" not in own


def test_what_offices_look_up_themselves_is_ticked_already(client, clock):
    text = client.get(guide("提取", slug="fund", rows=[GuideMaterial(name="备案证明", source="shared")]).url)

    assert '<li class="is-looked-up">' in text.content.decode()


def test_whoever_cannot_apply_is_told_why_and_what_to_do(client, school):
    text = client.get(
        f"{school.url}checklist/", {"kind": "permit_dormant", "age": 30, "has-house": "no"}
    ).content.decode()

    assert "请先到派出所补办签注。" in text
    assert "0599-1111111" in text


def test_an_answer_that_is_missing_is_asked_for_and_the_others_are_kept(client, school):
    text = client.get(f"{school.url}checklist/", {"kind": "permit", "age": "x"}).content.decode()

    assert "请填写数字，例如 35。" in text
    assert "请选择“是”或“否”。" in text
    assert re.search(r'value="permit"[^>]*checked', text)


def test_a_form_that_was_sent_empty_says_what_is_missing(client, school):
    address = f"{school.url}checklist/"

    assert 'name="asked"' in client.get(address).content.decode()
    assert "请选择一项" not in client.get(address).content.decode()
    assert "请选择一项" in client.get(address, {"asked": "1"}).content.decode()


def test_the_language_switch_keeps_the_checklist_and_its_answers(client, school):
    english = school.copy_for_translation(Locale.objects.get(language_code="en"))
    english.save_revision().publish()
    text = client.get(f"{school.url}checklist/", {"kind": "registered", "age": 5, "has-house": "no"}).content.decode()

    assert f'href="{english.url}checklist/?kind=registered&amp;age=5&amp;has-house=no"' in text


def test_a_checklist_is_one_address_that_caches_may_share(client, school):
    response = client.get(f"{school.url}checklist/", {"kind": "registered", "age": 5, "has-house": "no"})

    assert response["Cache-Control"] == "public, max-age=60"
    assert not response.cookies


def test_the_sheet_has_a_code_that_leads_back(client, school):
    text = client.get(f"{school.url}sheet/").content.decode()

    assert "<svg" in text
    assert school.url in text
    assert client.get(f"{school.url}other/").status_code == 404


@pytest.mark.parametrize("part", ["", "checklist/", "sheet/"])
def test_a_guide_costs_the_same_with_one_row_and_with_three(client, clock, part, django_assert_max_num_queries):
    client.get(full_guide().url)  # site and content types are kept by the process
    rows = [GuideMaterial(name=f"材料{number}", kinds=["permit"]) for number in range(3)]
    big = guide("很多材料", slug="big", office=OfficeFactory(code="other"), rows=rows)

    with django_assert_max_num_queries(16):
        assert client.get(f"{big.url}{part}").status_code == 200


# --- The list -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["企业登记", "子女入学"]),
        ({"audience": "organization"}, ["企业登记"]),
        ({"online": "on"}, ["子女入学"]),
        ({"q": "上学"}, ["子女入学"]),
        ({"office": "market"}, ["企业登记"]),
        ({"topic": "residence", "q": "没有"}, []),
        ({"topic": "nonsense"}, ["企业登记", "子女入学"]),
    ],
)
def test_guides_are_found_by_what_they_are(client, school, query, found):
    guide("企业登记", slug="firm", audience="organization", office=OfficeFactory(code="market", name="市场监管局"))
    text = client.get(school.get_parent().url, query).content.decode()

    assert [name for name in ("企业登记", "子女入学") if f">{name}<" in text] == found
    assert ("没有符合条件的指南" in text) is (not found)


def test_guides_stand_under_their_topics_and_each_topic_is_one_touch_away(client, school):
    housing = Topic.objects.create(slug="housing", name="住房", order=9)
    guide("租房备案", slug="lease", topic=housing, office=OfficeFactory(code="homes"))
    index = school.get_parent().url
    text = client.get(index).content.decode()
    chosen = client.get(index, {"topic": "housing"}).content.decode()

    assert re.findall(r"<h2[^>]*>([^<]+)</h2>", text)[:2] == ["户籍与居住", "住房"]
    assert f'href="{index}?topic=housing"' in text
    assert f'href="{index}?topic=housing" aria-current="true"' in chosen
    assert "子女入学" not in chosen


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_with_one_guide_and_with_three(client, clock, count, django_assert_num_queries):
    office = OfficeFactory(code="office")
    pages = [guide(f"事项{number}", slug=f"service-{number}", office=office) for number in range(count)]
    client.get(pages[0].get_parent().url)

    with django_assert_num_queries(11):
        client.get(pages[0].get_parent().url)


@pytest.mark.parametrize("where", ["page", "parent"])
def test_a_private_guide_and_one_below_a_private_list_ask_for_the_login(client, school, where):
    private = school if where == "page" else school.get_parent()
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)

    for part in ("", "checklist/", "sheet/"):
        response = client.get(f"{school.url}{part}")
        assert response.status_code == 302
        assert "login" in response.url


@pytest.mark.parametrize("where", ["page", "parent"])
def test_a_centre_does_not_name_a_guide_that_only_some_may_read(client, school, where):
    place = school.places.get().centre
    assert school.title in client.get(place.url).content.decode()

    private = school if where == "page" else school.get_parent()
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)

    assert school.title not in client.get(place.url).content.decode()


# --- What contradicts itself ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"has_fee": True}, "fee"),
        ({"fee": "10 元"}, "has_fee"),
        ({"online_depth": "whole", "visits": 0, "online_address": ""}, "online_address"),
        ({"online_depth": "whole", "online_address": "https://example.org/", "visits": 1}, "visits"),
        ({"promised_limit": 0}, "promised_limit"),
    ],
)
def test_a_guide_that_contradicts_itself_is_refused_at_the_field(school, fields, where):
    for name, value in fields.items():
        setattr(school, name, value)

    with pytest.raises(ValidationError) as refused:
        school.clean()
    assert list(refused.value.message_dict) == [where]


def test_a_limit_is_explained_and_ages_stand_the_right_way_round():
    with pytest.raises(ValidationError, match="写明原因和办法"):
        GuideEntitlement(outcome="no").clean()
    with pytest.raises(ValidationError, match="上限不能小于下限"):
        GuideMaterial(name="x", age_from=18, age_to=6).clean()


# --- Centres --------------------------------------------------------------------------------


def test_a_centre_says_whether_it_is_open_and_what_it_handles(client, school, clock):
    text = client.get(school.places.get().centre.url).content.decode()

    assert "现在开门" in text  # Monday 10:00
    assert "到 12:00" in text
    assert "09:00–12:00" in text
    assert "子女入学" in text
    clock.move(hours=2)
    assert "下次开门 03-02 13:30" in client.get(school.places.get().centre.url).content.decode()


def test_the_nearest_centre_comes_first_when_the_place_is_known(client, clock):
    far = centre("远的", slug="far", latitude=30.5, longitude=121.5)
    centre("近的", slug="near", latitude=30.01, longitude=121.0)
    centre("不知道在哪", slug="somewhere")
    index = far.get_parent().url

    def order(query):
        return re.findall(r"<h2><a[^>]*>([^<]+)</a>", client.get(index, query).content.decode())

    assert order({"lat": "30", "lng": "121"}) == ["近的", "远的", "不知道在哪"]
    assert order({}) == order({"lat": "x", "lng": "999"}) == ["远的", "近的", "不知道在哪"]
    assert "约 1.1 公里" in client.get(index, {"lat": "30", "lng": "121"}).content.decode()


def test_one_coordinate_alone_and_a_door_that_closes_before_it_opens_are_refused():
    where = centre(slug="x")
    where.latitude = 30.0
    with pytest.raises(ValidationError) as refused:
        where.clean()
    assert list(refused.value.message_dict) == ["longitude"]

    hours = where.hours.first()
    hours.closes = time(8)
    with pytest.raises(ValidationError):
        hours.clean()


def test_guides_are_pages_of_their_index_only():
    assert GuidePage.parent_page_types == ["portal_pages.GuideIndexPage"]
