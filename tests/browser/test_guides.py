"""Service guides on a phone: from the list to one's own checklist, accessible in every mode."""

import re
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import expect

from portal.config.demo.accounts import make_offices
from portal.config.demo.pages import make_pages
from portal.pages.models import GuidePage, Topic
from tests.browser.asking import follow, onward
from tests.browser.looks import MODES, choose, faults
from tests.factories.accounts import OfficeFactory
from tests.factories.pages import full_guide, guide

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("mode", MODES)
def test_a_resident_finds_a_guide_and_gets_a_checklist_of_their_own(browse, clock, live_server, mode):
    full_guide()
    guide("租房备案", slug="lease", topic=Topic.objects.create(slug="housing", name="住房"), office=OfficeFactory())
    page = browse(phone=True)
    choose(page, mode, live_server.url)
    wrong = {}

    page.goto("/guides/")
    wrong["list"] = faults(page)
    page.get_by_role("navigation", name="按主题找").get_by_role("link", name="户籍与居住").click()
    wrong["one topic"] = faults(page)
    page.get_by_role("link", name="子女入学").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("子女入学")
    wrong["guide"] = faults(page)

    page.get_by_role("link", name="我能不能办，要带什么").click()
    onward(page, "看我的清单")  # without an answer
    expect(page.get_by_text("请填写", exact=False).first).to_be_visible()
    wrong["unanswered"] = faults(page)
    page.get_by_label("新居民：居住证有效").check()
    page.get_by_label("办事人的年龄").fill("30")
    page.get_by_label("是", exact=True).check()
    onward(page, "看我的清单")
    expect(page.get_by_role("heading", name="您的办事清单")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("按积分安排。")
    expect(page.get_by_role("main")).to_contain_text("房产证")
    wrong["checklist"] = faults(page)

    page.goto("/guides/")
    follow(page, "子女入学")
    follow(page, "打印一页纸")
    wrong["sheet"] = faults(page)
    page.goto("/centres/")
    wrong["centres"] = faults(page)
    page.get_by_role("link", name="政务服务中心").click()
    expect(page.get_by_role("heading", name="开放时间")).to_be_visible()
    wrong["centre"] = faults(page)

    assert {where: found for where, found in wrong.items() if found} == {}


def test_the_longest_guides_of_the_demo_print_on_one_sheet_of_a4(browse, live_server):
    make_offices(datetime(2025, 10, 1, tzinfo=UTC))
    make_pages(date(2026, 11, 27))
    page = browse()
    sheets = {}

    for longest in longest_guides():
        page.goto(f"{longest.get_url()}sheet/")
        # What the print style sheet says about paper and margins counts.
        printed = page.pdf(prefer_css_page_size=True)
        sheets[longest.get_url()] = len(re.findall(rb"/Type\s*/Page\b", printed))

    assert set(sheets.values()) == {1}, sheets


def longest_guides():
    """Return, per language, the three guides whose sheets say most."""

    def length(page):
        materials = sum(len(row.name) + len(row.note) + 40 for row in page.materials.all())
        steps = sum(len(row.name) + len(row.text) for row in page.steps.all())
        return len(page.summary) + materials + steps + 40 * page.places.count()

    pages = GuidePage.objects.prefetch_related("materials", "steps").select_related("locale")
    for language in ("zh-hans", "en"):
        yield from sorted((page for page in pages if page.locale.language_code == language), key=length)[-3:]
