"""Life events as residents meet them: steps across guides, what to bring once, a list that its address remembers."""

import re
from urllib.parse import unquote

import pytest
from django.utils import translation
from wagtail.models import PageViewRestriction

from portal.pages.models import GuideMaterial, GuidePlace, LifeEventIndexPage
from tests.factories.accounts import LONG_AGO, OfficeFactory
from tests.factories.pages import centre, guide, home, life_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def police():
    return OfficeFactory(code="police", name="公安分局")


@pytest.fixture
def register(police):
    rows = [
        GuideMaterial(name="户口簿"),
        GuideMaterial(name="出生医学证明", copies=1),
        GuideMaterial(name="部门查得到的", source="shared"),
        GuidePlace(centre=centre(), counter="1 号窗口"),
    ]
    return guide("上户口", slug="register", office=police, rows=rows)


@pytest.fixture
def insure(police, register):
    rows = [
        GuideMaterial(name="户口簿", copies=2),
        GuideMaterial(name="照片", kinds=["permit"]),
        GuidePlace(centre=register.places.get().centre, counter="9 号窗口"),
    ]
    return guide("参加医保", slug="insure", office=police, rows=rows)


@pytest.fixture
def birth(register, insure):
    steps = [
        {"title": "领出生证明", "text": "<p>在医院领。</p>"},
        {"title": "给孩子上户口", "guides": [register]},
        {"title": "给孩子参保", "guides": [insure], "relation": "and"},
        {"title": "领津贴", "applies": "单位缴生育险的"},
        {"title": "自己申领", "relation": "or"},
    ]
    return life_event(slug="birth", summary="按顺序办。", steps=steps)


def words(client, address, query=None):
    response = client.get(address, query or {})
    assert response.status_code == 200
    return response.content.decode()


def test_the_steps_stand_in_order_with_their_guides(client, birth):
    text = words(client, birth.url)

    titles = re.findall(r"<h3>([^<]+)<", text)
    assert titles == ["领出生证明", "给孩子上户口", "给孩子参保", "领津贴", "自己申领"]
    marks = re.findall(r'<span class="life-event__mark">(.*?)</span>\s*(?:<details|<h3)', text, re.S)
    assert [re.sub(r"<span.*?</span>|</?b[^>]*>", "", mark) for mark in marks] == ["1", "2", "同时", "3", "或者"]
    for piece in ("在医院领。", ">上户口</a>", "10 个工作日", "公安分局", "单位缴生育险的"):
        assert piece in text


def test_what_two_services_need_is_named_once(client, birth):
    text = words(client, birth.url)
    once = text[text.index('id="once"') : text.index('id="doors"')]

    assert once.count("户口簿") == 1
    assert "原件 1 份，复印件 2 份" in once
    assert "上户口、参加医保" in once
    assert "出生医学证明" not in once
    assert "部门查得到的" not in text


def test_a_centre_is_named_once_with_all_that_is_done_there(client, birth):
    text = words(client, birth.url)
    doors = text[text.index('id="doors"') :]

    assert doors.count("湖滨路 1 号") == 1
    assert "上户口 · 1 号窗口" in doors
    assert "参加医保 · 9 号窗口" in doors


def test_where_everything_can_be_done_stands_apart_from_where_some_of_it_can(client, birth, insure):
    far = centre("另一个大厅", slug="another", address="远的路 9 号")
    insure.places.add(GuidePlace(centre=far, locale=insure.locale))
    insure.save()
    text = words(client, birth.url)

    assert "去这 1 个地方就能办齐" in text
    assert text.index("湖滨路 1 号") < text.index("也可以就近去这些地方") < text.index("远的路 9 号")
    assert "远的路 9 号" not in words(client, f"{birth.url}checklist/")  # the list says where to go


def test_the_list_remembers_ticks_in_its_address_and_nowhere_else(client, birth, settings):
    first = words(client, f"{birth.url}checklist/")
    assert "已办 0 步，共 4 步" in first

    response = client.get(f"{birth.url}checklist/", {"done": ["00000002", "00000005", "nonsense"]})
    text = response.content.decode()
    assert "已办 2 步，共 4 步" in text
    assert re.findall(r'value="(\w+)" id="step-\w+" checked', text) == ["00000002", "00000005"]
    kept = re.search(r'id="address"[^>]*value="([^"]+)"', text)[1].replace("&amp;", "&")
    assert unquote(kept) == f"{settings.BASE_URL}{birth.url}checklist/?done=00000002&done=00000005"
    assert response["Cache-Control"] == "public, max-age=60"
    assert not response.cookies


def test_a_thing_that_is_ticked_stays_ticked_when_the_editor_moves_it(client, birth):
    text = words(client, f"{birth.url}checklist/")
    key = re.search(r'value="(\w+)" id="thing-\w+">\s*<label[^>]*>户口簿', text)[1]
    birth.steps = list(reversed(birth.steps.raw_data))
    birth.save()

    assert f'value="{key}" id="thing-{key}" checked' in words(client, f"{birth.url}checklist/", {"done": key})


def test_other_addresses_below_do_not_exist(client, birth):
    assert client.get(f"{birth.url}other/").status_code == 404


@pytest.mark.parametrize("how", ["private", "draft"])
def test_a_guide_that_not_everybody_may_read_is_not_named(client, birth, insure, how):
    if how == "private":
        PageViewRestriction.objects.create(page=insure, restriction_type=PageViewRestriction.LOGIN)
    else:
        insure.unpublish()

    text = words(client, birth.url)
    assert "参加医保" not in text
    assert "给孩子参保" in text  # the step stands


def test_an_english_page_leads_to_english_guides_and_marks_those_that_are_chinese(client, birth, register):
    english = home("en").locale
    for parent in (register.get_parent(), birth.get_parent()):
        assert parent.specific.has_translation(english)
    twin = register.copy_for_translation(english)
    twin.title = "Register the child"
    twin.save_revision().publish()
    page = birth.copy_for_translation(english)
    page.save_revision().publish()

    with translation.override("en"):
        text = words(client, page.get_url())
    assert '<a href="/en/guides/register/">Register the child</a>' in text
    assert 'lang="zh-Hans" hreflang="zh-Hans">参加医保</a>' in text


def test_a_private_life_event_asks_for_the_login_and_is_not_listed(client, birth):
    PageViewRestriction.objects.create(page=birth, restriction_type=PageViewRestriction.LOGIN)

    for part in ("", "checklist/"):
        assert client.get(f"{birth.url}{part}").status_code == 302
    for address in ("/life-events/", "/", "/life-events/feed/"):
        assert "孩子出生" not in words(client, address)


@pytest.mark.parametrize("part", ["", "checklist/"])
def test_three_guides_cost_what_one_costs(client, birth, police, part, django_assert_max_num_queries):
    small = life_event("小的", slug="small", steps=[{"guides": birth.steps[1].value["guides"]}])
    client.get(birth.url)
    with django_assert_max_num_queries(15) as with_one:
        words(client, f"{small.url}{part}")

    rows = [GuideMaterial(name="户口簿"), GuidePlace(centre=centre("另一个", slug="another"))]
    third = guide("第三件", slug="third", office=police, rows=rows)
    first = [page for step in birth.steps for page in step.value["guides"]]
    big = life_event("大的", slug="big", steps=[{"guides": [page]} for page in (*first, third)])
    with django_assert_max_num_queries(len(with_one)):
        words(client, f"{big.url}{part}")


# --- Lists ----------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/life-events/", "/", "/life-events/feed/"])
def test_lists_cost_the_same_with_one_and_with_three(client, clock, address, django_assert_max_num_queries):
    life_event("一", slug="one")
    client.get(address)
    with django_assert_max_num_queries(15) as with_one:
        words(client, address)

    life_event("二", slug="two")
    life_event("三", slug="three")
    with django_assert_max_num_queries(len(with_one)):
        words(client, address)


def test_the_home_page_shows_life_events_once_there_are_any(client, clock):
    assert 'id="life-events"' not in words(client, "/")

    life_event()
    assert "孩子出生" in words(client, "/")
    assert 'id="life-events"' not in words(client, "/en/")


def test_an_empty_list_leads_on_to_the_guides(client):
    assert "还没有一件事" in words(client, "/life-events/")


def test_new_life_events_are_told_to_feed_readers(client):
    life_event(summary="<按>顺序办")
    life_event("没发布过", slug="never", first_published_at=None)
    text = words(client, "/life-events/feed/")

    assert "<title>孩子出生</title>" in text
    assert f"<updated>{LONG_AGO:%Y-%m-%d}" in text
    assert "&amp;lt;按&amp;gt;顺序办" in text
    assert "没发布过" not in text


def test_feed_readers_know_a_life_event_by_a_name_that_no_database_gave_it(client, settings):
    settings.BASE_URL = "https://ask.example.gov.cn"
    event = life_event()
    text = words(client, "/life-events/feed/")

    assert f"<id>tag:ask.example.gov.cn,2026:{event.translation_key}/zh-hans</id>" in text
    assert '<link href="https://ask.example.gov.cn/life-events/" rel="alternate"' in text


def test_the_lists_are_there_in_both_languages_and_are_translations_of_each_other():
    chinese, english = LifeEventIndexPage.objects.order_by("-locale__language_code")

    assert chinese.translation_key == english.translation_key
    assert (chinese.title, english.title) == ("一件事", "Life events")
