"""Nobody needs a mouse: the ways that matter most, by keyboard alone, and one always sees where one is."""

import pytest
from playwright.sync_api import Page, expect

from portal.answers.models import Question
from tests.factories.answers import accepted, dispatched, make_topic
from tests.factories.answers import ask as asked

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


# --- The desk's shortcuts -----------------------------------------------------------------


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.value || document.activeElement.innerText || ''")


def test_a_dispatcher_goes_through_the_queue_by_single_keys(browse, district, clock):
    for title in ("第一个", "第二个"):
        asked(district, title=title, clock=clock)
        clock.move(hours=1)
    page = browse(district.dispatcher)
    page.goto("/admin/desk/")
    page.keyboard.press("j")
    assert focused(page) == "第一个"
    page.keyboard.press("j")
    page.keyboard.press("j")  # there is no third
    assert focused(page) == "第二个"
    page.keyboard.press("x")
    assert page.locator("input[name=questions]:checked").count() == 1
    page.keyboard.press("k")
    press(page)
    expect(page.get_by_role("heading", name="第一个").first).to_be_visible()
    page.keyboard.press("q")
    press(page)
    expect(page).to_have_url("/admin/desk/")


def test_a_key_leads_to_the_step_and_does_not_take_it(browse, district, clock):
    question = dispatched(district, clock=clock)
    page = browse(district.spokesperson)
    page.goto(f"/admin/desk/{question.pk}/")
    button = page.locator("[data-key=a]")
    expect(button).to_have_attribute("aria-keyshortcuts", "a")
    page.keyboard.press("a")
    expect(button).to_be_focused()
    assert Question.objects.get().state == "awaiting_acceptance"
    press(page)

    assert Question.objects.get().state == "accepted"


def test_whoever_types_is_not_led_away(browse, district, clock):
    question = accepted(district, clock=clock)
    page = browse(district.spokesperson)
    page.goto(f"/admin/desk/{question.pk}/")
    page.keyboard.press("n")
    page.keyboard.type("dnaqs/")
    assert focused(page) == "dnaqs/"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Control+d")
    page.keyboard.press("Alt+n")
    assert page.evaluate("document.activeElement === document.body")
    page.keyboard.press("d")

    expect(page.get_by_label("答复", exact=True)).to_be_focused()


def test_the_slash_leads_to_the_filter_and_not_to_another_search(browse, district, clock):
    page = browse(district.editor)
    page.goto("/admin/desk/")
    page.keyboard.press("/")

    expect(page.get_by_label("编号或标题")).to_be_focused()
    assert focused(page) == ""


def test_a_switch_turns_the_keys_off_and_on_again(browse, district, clock):
    asked(district, title="等审核的", clock=clock)
    page = browse(district.dispatcher)
    page.goto("/admin/desk/shortcuts/")
    tab_to(page, text="关闭快捷键")
    press(page)
    page.goto("/admin/desk/")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement === document.body")
    expect(page.locator("[aria-keyshortcuts=j], [aria-keyshortcuts='/']")).to_have_count(0)

    page.goto("/admin/desk/shortcuts/")
    tab_to(page, text="打开快捷键")
    press(page)
    page.goto("/admin/desk/")
    page.keyboard.press("j")
    assert focused(page) == "等审核的"
