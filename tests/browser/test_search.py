"""Searching as a resident does it: on a phone, in every mode, by keyboard, and without scripts."""

import pytest
from playwright.sync_api import expect

from tests.browser.asking import follow
from tests.browser.looks import MODES, choose, faults, overflow
from tests.factories.pages import full_guide, guide, news, office, policy
from tests.factories.promotions import promotion
from tests.factories.searches import searched

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def content(clock, background):
    """A few pages about the same matter, indexed."""
    full_guide()
    guide("居住证签注", slug="endorsement", summary="每年签注一次。", office=office("police"))
    news("居住证可以在网上签注了", slug="online")
    rules = policy("居住证管理办法", slug="rules", office=office("police"))
    promotion("居住证网签", f"policy:{rules.pk}", ("省政务服务网", "https://www.example.org/permit"))
    background()


def type_into(page, text):
    """Type as a keyboard does, and wait for what is suggested."""
    with page.expect_response("**/search/suggestions/**"):
        page.get_by_role("combobox").press_sequentially(text)


@pytest.mark.parametrize("mode", MODES)
def test_a_resident_finds_narrows_and_is_led_on(browse, content, live_server, mode):
    page = browse(phone=True)
    choose(page, mode, live_server.url)
    wrong = {}

    page.goto("/search/?q=暂住证怎么签注")
    expect(page.get_by_role("main").locator("ol > li h2").first).to_have_text("居住证签注")
    wrong["found"] = faults(page)
    page.get_by_text("按单位和年份筛选").click()
    wrong["unfolded"] = faults(page)
    with page.expect_navigation():
        page.get_by_role("link", name="新闻 1").click()
    expect(page.get_by_role("main").locator("ol > li")).to_have_count(1)
    wrong["narrowed"] = faults(page)
    type_into(page, "居")
    wrong["suggested"] = faults(page)
    page.goto("/search/?q=居住证怎么网签")
    expect(page.get_by_role("list", name="推荐")).to_contain_text("居住证管理办法")
    expect(page.get_by_role("link", name="居住证管理办法")).to_have_count(1)
    wrong["recommended"] = faults(page)

    page.goto("/search/?q=吃葡萄不吐葡萄皮")
    wrong["nothing"] = faults(page)
    page.goto("/search/")
    wrong["empty"] = faults(page)
    page.goto("/en/search/?q=juzhuzheng")
    wrong["foreign"] = faults(page)

    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.parametrize("mode", ["standard", "elder"])
def test_on_a_phone_the_kinds_stand_in_one_row_that_moves_with_the_focus(browse, content, live_server, mode):
    page = browse(phone=True)
    choose(page, mode, live_server.url)
    page.goto("/search/?q=居住证")
    kinds = page.get_by_role("navigation", name="结果的种类").get_by_role("link")
    expect(kinds.nth(2)).to_be_visible()

    assert len({one.bounding_box()["y"] for one in kinds.all()}) == 1
    kinds.first.focus()
    for _step in range(kinds.count() - 1):
        page.keyboard.press("Tab")
    expect(kinds.last).to_be_focused()
    # Chromium leaves a link where it is of which 32 pixels are to be seen already.
    expect(kinds.last).to_be_in_viewport(ratio=0.2)
    assert overflow(page) == 0


@pytest.mark.parametrize("mode", ["standard", "elder"])
def test_on_a_phone_suggestions_are_as_wide_as_the_form(browse, content, live_server, mode):
    page = browse(phone=True)
    choose(page, mode, live_server.url)
    page.goto("/search/")
    type_into(page, "居")

    suggested, form = page.get_by_role("listbox").bounding_box(), page.locator(".y-search__row").bounding_box()
    box = page.get_by_role("combobox").bounding_box()
    assert (suggested["x"], suggested["width"]) == (form["x"], form["width"])
    assert suggested["y"] - (box["y"] + box["height"]) < 8


def test_what_was_looked_for_in_vain_becomes_the_title_of_a_question(browse, content):
    page = browse()
    page.goto("/search/?q=葡萄皮怎么分类")

    follow(page, "向网上发言人提问")

    expect(page.get_by_role("main")).to_contain_text("标题先写成：葡萄皮怎么分类")


def test_titles_are_suggested_on_the_home_page_and_chosen_by_keyboard(browse, content):
    page = browse()
    page.goto("/")
    box = page.get_by_role("combobox", name="要办什么事？")

    type_into(page, "jzzqz")
    expect(page.get_by_role("option")).to_have_count(1)
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("search").get_by_role("status")).to_contain_text("1 条提示")

    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("jzzqz")
    box.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_contain_text("居住证签注")
    assert box.get_attribute("aria-activedescendant") == page.get_by_role("option").get_attribute("id")
    with page.expect_navigation():
        box.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("居住证签注")


def test_enter_without_a_choice_searches(browse, content):
    page = browse()
    page.goto("/")

    type_into(page, "居住证")
    with page.expect_navigation():
        page.get_by_role("combobox").press("Enter")

    assert "/search/?q=" in page.url


def mark(page, place):
    """Go down to a suggestion, counted from 1."""
    for _step in range(place):
        page.get_by_role("combobox").press("ArrowDown")
    expect(page.get_by_role("option").nth(place - 1)).to_have_attribute("aria-selected", "true")


def test_whoever_types_on_after_marking_searches_for_what_is_typed(browse, content):
    page = browse()
    page.goto("/")
    box = page.get_by_role("combobox")
    type_into(page, "居")
    mark(page, 2)

    # Also before there is a new list.
    box.press_sequentially("住")
    expect(page.get_by_role("option", selected=True)).to_have_count(0)
    assert box.get_attribute("aria-activedescendant") is None
    type_into(page, "证")
    with page.expect_navigation():
        box.press("Enter")

    assert "/search/?q=" in page.url
    expect(page.get_by_role("combobox")).to_have_value("居住证")


def test_what_was_marked_is_forgotten_with_its_list(browse, content):
    page = browse()
    page.goto("/")
    box = page.get_by_role("combobox")
    type_into(page, "居")
    expect(page.get_by_role("option")).not_to_have_count(1)
    with page.expect_response("**/search/suggestions/**"):
        box.press_sequentially("住证签")
        # While the new list is under way the old one can still be walked through.
        mark(page, page.get_by_role("option").count())

    expect(page.get_by_role("option")).to_have_count(1)
    assert box.get_attribute("aria-activedescendant") is None
    with page.expect_navigation():
        box.press("Enter")

    expect(page.get_by_role("combobox")).to_have_value("居住证签")


@pytest.mark.parametrize("how", ["emptied", "out of reach"])
def test_a_list_goes_with_what_was_typed_for_it(browse, content, how):
    page = browse()
    page.goto("/")
    box = page.get_by_role("combobox")
    type_into(page, "居住证")
    expect(page.get_by_role("listbox")).to_be_visible()

    if how == "emptied":
        box.fill("")
    else:
        page.route("**/search/suggestions/**", lambda route: route.abort())
        box.press_sequentially("签")
    expect(page.get_by_role("option", include_hidden=True)).to_have_count(0)
    box.press("ArrowDown")

    expect(page.get_by_role("listbox")).to_be_hidden()


def test_searching_needs_no_script(browse, content):
    page = browse(script=False)
    page.goto("/")
    page.get_by_label("要办什么事？").fill("居住证")

    with page.expect_navigation():
        page.get_by_role("button", name="搜索").click()

    expect(page.get_by_role("main").locator("ol > li")).not_to_have_count(0)


def test_what_many_look_for_is_suggested_from_the_next_day_on(browse, content, clock, background):
    searched("居住证去哪里拿")
    clock.move(days=1)
    background()
    page = browse(phone=True)
    page.goto("/")

    type_into(page, "居住证")
    expect(page.get_by_role("option").last).to_contain_text("居住证去哪里拿")
    expect(page.get_by_role("option").last).to_contain_text("大家在搜")
    assert faults(page) == []
    with page.expect_navigation():
        page.get_by_role("option").last.click()

    expect(page.get_by_role("combobox")).to_have_value("居住证去哪里拿")
