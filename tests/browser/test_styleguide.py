"""Every component in a real browser: in every mode, on a phone, by keyboard, with and without script."""

import pytest
from playwright.sync_api import expect

from tests.browser.looks import MODES, choose, overflow, violations

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


@pytest.fixture
def visit(page, live_server):
    """Open a page; whatever the browser complains about on the way fails the test."""
    complaints = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def open_page(path):
        page.goto(live_server.url + path)
        return page

    yield open_page
    assert complaints == []


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("path", "size"),
    # English words are longer, so they are tried where there is little room.
    [("/style-guide/", PHONE), ("/en/style-guide/", PHONE), ("/style-guide/", DESK)],
    ids=["phone", "phone in English", "desk"],
)
def test_components_are_accessible_and_fit_the_screen(visit, page, live_server, path, mode, size):
    page.set_viewport_size(size)
    choose(page, mode, live_server.url)

    visit(path)

    assert violations(page) == []
    assert overflow(page) == 0


@pytest.mark.parametrize("mode", MODES)
def test_settings_page_is_accessible_and_fits_a_phone(visit, page, live_server, mode):
    page.set_viewport_size(PHONE)
    choose(page, mode, live_server.url)

    visit("/en/display/")

    assert violations(page) == []
    assert overflow(page) == 0


def test_elder_mode_makes_text_and_targets_larger(visit, page, live_server):
    visit("/style-guide/")
    before = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")

    page.get_by_role("link", name="长辈模式").click()
    page.get_by_role("button", name="进入长辈模式").click()

    page.wait_for_url(live_server.url + "/style-guide/")  # and for its styles, unlike expect()
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == pytest.approx(1.4 * before)
    assert page.get_by_role("button", name="继续").bounding_box()["height"] >= 60
    expect(page.get_by_role("link", name="需要帮助，请拨打 12345")).to_be_visible()


def test_page_that_the_browser_has_kept_is_not_shown_in_the_old_mode(visit, page, live_server):
    visit("/style-guide/")

    choose(page, "dark", live_server.url)
    visit("/style-guide/")

    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_targets_are_large_enough_for_fingers(visit, page):
    page.set_viewport_size(PHONE)
    visit("/style-guide/")

    boxes = [button.bounding_box() for button in page.locator(".y-button:visible, .site-header a:visible").all()]

    assert min(box["height"] for box in boxes) >= 44


def test_first_key_press_skips_to_the_content(visit, page):
    visit("/display/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


def test_characters_are_counted_as_people_count_them(visit, page):
    visit("/style-guide/")
    box = page.get_by_label("详细说明").first

    box.fill("您好👋\n𠮷")

    expect(page.locator(".y-field__count").first).to_have_text("还可以写 1995 字")


def test_too_long_text_is_kept_and_said_to_be_too_long(visit, page):
    visit("/style-guide/")
    box = page.get_by_label("详细说明").first

    box.fill("长" * 2003)

    expect(page.locator(".y-field__count").first).to_have_text("超出 3 字")
    assert len(box.input_value()) == 2003


def test_error_summary_is_read_first_and_leads_to_the_input(visit, page):
    visit("/style-guide/")
    expect(page.locator("#error-summary")).to_be_focused()

    page.locator("#error-summary").get_by_role("link", name="手机号").click()

    expect(page.locator("#wrong_phone")).to_be_focused()


def test_menu_on_a_phone_opens_and_closes_by_keyboard(visit, page):
    page.set_viewport_size(PHONE)
    visit("/style-guide/")
    menu = page.locator(".site-menu")

    menu.locator("summary").press("Enter")
    expect(menu.get_by_role("link", name="English")).to_be_visible()
    page.keyboard.press("Escape")

    expect(menu.get_by_role("link", name="English")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()


def test_printing_is_offered_where_it_can_work(visit, page):
    visit("/style-guide/")

    expect(page.get_by_role("button", name="打印回执")).to_be_visible()


def test_paper_has_the_content_and_no_controls(visit, page):
    visit("/style-guide/")
    page.emulate_media(media="print")

    expect(page.locator(".site-tools")).to_be_hidden()
    expect(page.get_by_role("button", name="继续")).to_be_hidden()
    expect(page.locator(".y-panel")).to_be_visible()


@pytest.mark.parametrize("path", ["/style-guide/", "/en/style-guide/"])
def test_everything_works_without_script(browser, live_server, path):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(live_server.url + path)

    expect(page.locator("[data-print]")).to_be_hidden()
    page.locator(".site-menu summary").click()
    expect(page.locator(".site-menu__panel")).to_be_visible()
    context.close()
