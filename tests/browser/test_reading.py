"""Reading tools: the page is read aloud sentence by sentence, and what is read is marked."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import MODES, choose, faults
from tests.factories.pages import standard_page

pytestmark = pytest.mark.django_db(transaction=True)

# A voice that speaks when the test tells it to: a browser without sound has none.
VOICE = """
window.spoken = [];
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
Object.defineProperty(window, "speechSynthesis", { value: {
    speak: (one) => { window.spoken.push(one); },
    pause: () => { window.isPaused = true; },
    resume: () => { window.isPaused = false; },
    cancel: () => { window.isCancelled = true; },
} });
"""


def said(page: Page) -> list[str]:
    return page.evaluate("window.spoken.map(one => one.text)")


@pytest.mark.parametrize("mode", MODES)
def test_a_text_is_read_aloud_paused_and_stopped_and_the_tools_are_accessible(browse, clock, live_server, mode):
    standard_page("怎么办居住证", slug="permit", body="<p>先登记。满半年再办。</p><ul><li>带身份证</li></ul>")
    page = browse(phone=True)
    choose(page, mode, live_server.url)
    page.add_init_script(VOICE)
    page.goto("/permit/")

    page.get_by_role("button", name="朗读", exact=True).click()
    expect(page.get_by_role("button", name="暂停朗读")).to_be_visible()
    assert said(page) == ["怎么办居住证"]
    assert page.evaluate("window.spoken[0].lang") == "zh-CN"
    page.evaluate("window.spoken[0].onend()")
    assert said(page)[1:] == ["先登记。"]
    expect(page.locator("p.is-read")).to_have_text("先登记。满半年再办。")
    assert faults(page) == []
    page.get_by_role("button", name="暂停朗读").click()
    assert page.evaluate("window.isPaused") is True
    page.get_by_role("button", name="继续朗读").click()
    page.get_by_role("button", name="停止").click()
    expect(page.locator(".is-read")).to_have_count(0)
    assert page.evaluate("window.isCancelled") is True


def test_without_a_voice_there_is_no_button_for_it_and_the_line_is_remembered(browse, clock):
    standard_page("怎么办居住证", slug="permit", body="<p>先登记。</p>")
    page = browse()
    page.add_init_script("delete window.SpeechSynthesisUtterance")
    page.goto("/permit/")

    expect(page.get_by_role("button", name="朗读", exact=True)).to_be_hidden()
    page.get_by_role("button", name="阅读辅助线").click()
    expect(page.locator(".y-reading-line")).to_have_count(1)
    page.reload()
    expect(page.get_by_role("button", name="阅读辅助线")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".y-reading-line")).to_have_count(1)


def test_without_javascript_the_tools_stay_away(browse, clock):
    standard_page("怎么办居住证", slug="permit", body="<p>先登记。</p>")
    page = browse(script=False)
    page.goto("/permit/")

    expect(page.get_by_text("阅读辅助线")).to_be_hidden()
    expect(page.get_by_text("先登记。")).to_be_visible()
