"""Life events, offices, spokespersons, sessions and topics on a phone, accessible in every mode."""

import pytest
from playwright.sync_api import expect

from portal.pages.models import GuideMaterial, GuidePlace, Topic
from tests.browser.asking import follow, onward
from tests.browser.looks import MODES, choose, faults
from tests.factories.accounts import OfficeFactory
from tests.factories.pages import centre, guide, life_event, profile, session

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def police():
    return OfficeFactory(
        code="police", name="公安分局", phone="0599-6610033", address="平安路 9 号", remit="管户口和居住证。"
    )


@pytest.fixture
def birth(police, clock):
    hall = centre(office=police)
    guides = [
        guide(name, slug=slug, office=police, rows=[GuideMaterial(name="户口簿", copies=1), GuidePlace(centre=hall)])
        for name, slug in (("上户口", "register"), ("参加医保", "insure"))
    ]
    steps = [
        {"title": "领出生证明", "text": "<p>在医院领。</p>"},
        {"title": "给孩子上户口", "guides": guides[:1]},
        {"title": "给孩子参保", "guides": guides[1:], "relation": "and"},
        {"title": "领津贴", "applies": "单位缴生育险的"},
    ]
    return life_event(
        slug="birth", summary="按顺序办，一次带齐。", steps=steps, topics=[Topic.objects.get(slug="residence")]
    )


@pytest.mark.parametrize("mode", MODES)
def test_parents_keep_a_list_without_an_account(browse, birth, live_server, mode):
    page = browse(phone=True)
    choose(page, mode, live_server.url)
    wrong = {}

    page.goto("/life-events/")
    wrong["list"] = faults(page)
    follow(page, "孩子出生")
    page.get_by_text("给孩子上户口").click()
    expect(page.get_by_role("link", name="上户口", exact=True)).to_be_visible()
    wrong["life event"] = faults(page)

    page.get_by_role("link", name="做成清单，边办边勾").first.click()
    page.get_by_label("领出生证明").check()
    page.get_by_label("户口簿").check()
    onward(page, "记下打的勾")
    expect(page.get_by_text("已办 1 步，共 4 步")).to_be_visible()
    wrong["checklist"] = faults(page)

    kept = page.get_by_label("这张清单的网址").input_value()
    other = browse(phone=True)
    other.goto(kept.replace("http://localhost:8000", live_server.url))
    expect(other.get_by_label("户口簿")).to_be_checked()
    expect(other.get_by_label("领津贴")).not_to_be_checked()

    assert {where: found for where, found in wrong.items() if found} == {}


@pytest.mark.parametrize("mode", MODES)
def test_a_resident_finds_an_office_and_who_speaks_for_it(browse, birth, police, live_server, mode):
    speaker = profile("王明", office=police, post="副局长", slug="wang")
    session("谈居住证", slug="permit", office=police, speakers=[speaker], summary="证过期了怎么办。")
    session("谈过了", slug="over", office=police, days=-3, record="<h2>要点</h2><p>能办。</p>")
    page = browse(phone=True)
    choose(page, mode, live_server.url)
    wrong = {}

    page.goto("/offices/")
    wrong["offices"] = faults(page)
    follow(page, "公安分局")
    wrong["office"] = faults(page)
    follow(page, "王明")
    wrong["spokesperson"] = faults(page)
    follow(page, "谈居住证")
    wrong["session"] = faults(page)
    for path in ("/spokespersons/", "/sessions/", "/sessions/over/", "/topics/", "/topics/residence/", "/site-map/"):
        page.goto(path)
        wrong[path] = faults(page)

    assert {where: found for where, found in wrong.items() if found} == {}
