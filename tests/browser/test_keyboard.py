"""Nobody needs a mouse: the ways that matter most, by keyboard alone, and one always sees where one is."""

import pytest
from playwright.sync_api import Page, expect

from portal.answers.models import Question
from tests.factories.answers import dispatched, make_topic

pytestmark = pytest.mark.django_db(transaction=True)

# Where the focus is, and whether one sees it: something about the element, its label or what it
# stands in must be drawn otherwise than without the focus, and it must lie within the window.
FOCUSED = """() => {
  const it = document.activeElement, box = it.getBoundingClientRect();
  const around = [it, ...(it.labels ?? []), it.parentElement].filter(Boolean);
  const drawn = () => {
    document.getAnimations().forEach((change) => change.finish());
    return around.flatMap((one) => [null, "::before", "::after"].map((part) => {
      const style = getComputedStyle(one, part);
      return [style.outline, style.boxShadow, style.border, style.background, style.textDecoration].join();
    })).join("|");
  };
  const focused = drawn();
  it.blur();
  const plain = drawn();
  it.focus({preventScroll: true});
  return {
    text: (it.innerText || it.value || it.getAttribute("aria-label") || "").trim(),
    name: it.name || it.id || it.tagName,
    marked: focused !== plain,
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""


def tab_to(page: Page, *, text: str = "", name: str = "", most: int = 60) -> None:
    """Press Tab until something with this text or name has the focus; each stop on the way must be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at["name"] != "BODY":
            assert at["marked"], f"the focus cannot be seen on {at}"
            assert at["inside"], f"the focus is outside of the window on {at}"
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
