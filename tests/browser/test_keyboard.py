"""Nobody needs a mouse: the ways that matter most, by keyboard alone, and one always sees where one is."""

import pytest
from playwright.sync_api import Page, expect

from portal.answers.models import Question
from tests.factories.answers import dispatched, make_topic

pytestmark = pytest.mark.django_db(transaction=True)

FOCUSED = """() => {
  const it = document.activeElement, style = getComputedStyle(it), box = it.getBoundingClientRect();
  const around = it.closest("label, .y-choice, li, p, div");
  const marked = (one) => { const s = getComputedStyle(one); return (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== "none"; };
  return {
    text: (it.innerText || it.value || it.getAttribute("aria-label") || "").trim(),
    name: it.name || it.id || it.tagName,
    seen: marked(it) || (around && marked(around)),
    inside: box.bottom > 0 && box.top < innerHeight,
  };
}"""


def tab_to(page: Page, *, text: str = "", name: str = "", most: int = 60) -> None:
    """Press Tab until something with this text or name has the focus; each stop must be visible."""
    for _ in range(most):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at["name"] != "BODY":
            assert at["seen"], f"the focus cannot be seen on {at}"
        if (text and at["text"] == text) or (name and at["name"] == name):
            return
    raise AssertionError(f"Tab never reached {text or name}")


def press(page: Page, key: str = "Enter") -> None:
    with page.expect_navigation():
        page.keyboard.press(key)


def test_a_resident_asks_by_keyboard_alone(browse, district):
    make_topic()
    page = browse(district.resident)
    page.goto("/ask/")
    tab_to(page, text="开始提问")
    press(page)
    tab_to(page, name="topic")
    page.keyboard.press("Space")
    tab_to(page, text="继续")
    press(page)
    tab_to(page, name="office")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    tab_to(page, text="继续")
    press(page)
    tab_to(page, name="title")
    page.keyboard.type("键盘也能提问")
    tab_to(page, name="text")
    page.keyboard.type("不用鼠标，能不能把问题提完？")
    tab_to(page, text="继续")
    press(page)
    for _place_and_files in range(2):
        tab_to(page, text="继续")
        press(page)
    tab_to(page, name="consents")
    page.keyboard.press("Space")
    tab_to(page, text="继续")
    press(page)
    tab_to(page, text="提交问题")
    press(page)

    expect(page.get_by_role("heading", name="问题已提交")).to_be_visible()
    assert Question.objects.get().title == "键盘也能提问"


def test_the_first_stop_leads_past_the_menus(browse, district):
    page = browse()
    page.goto("/answers/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_spokesperson_accepts_by_keyboard_alone(browse, district, clock):
    dispatched(district, title="键盘受理", clock=clock)
    page = browse(district.spokesperson)
    page.goto("/admin/desk/")
    tab_to(page, text="键盘受理")
    press(page)
    tab_to(page, text="受理")
    press(page)

    assert Question.objects.get().state == "accepted"
