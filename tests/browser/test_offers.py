"""While a question is written in a browser: what perhaps answers it already, in every mode, by keyboard, and when it is late."""

import time

import pytest
from playwright.sync_api import expect

from search import offers as offering
from search.engines.base import EngineAway
from tests.browser.asking import TEXT, follow, onward
from tests.browser.looks import MODES, choose, faults
from tests.factories.answers import published
from tests.factories.pages import guide, office

pytestmark = pytest.mark.django_db(transaction=True)

HEADING = "这些是否已经回答了您的问题？"
TITLE = "暂住证到期了咋办"


@pytest.fixture
def content(district, clock, background, settings):
    """A guide and an answer about the same thing, indexed."""
    settings.ANSWERS_CONTACT_NEEDED = False
    guide("居住证签注", slug="endorsement", summary="每年签注一次。", office=office("police"))
    published(district, title="居住证到期忘了签注怎么办", clock=clock)
    background()


def to_the_question(page):
    """Go through the pages before the question."""
    page.goto("/ask/")
    onward(page, "开始提问")
    page.get_by_label("入学入园").check()
    onward(page)
    page.get_by_role("combobox").select_option(label="教育局")
    onward(page)


def write_title(page, title=TITLE):
    """Type as a keyboard does, and wait for what is offered."""
    with page.expect_response("**/similar/") as answer:
        page.get_by_label("标题").press_sequentially(title)
    assert answer.value.request.method == "POST"
    assert "?" not in answer.value.url


def test_a_resident_sees_reads_comes_back_and_submits_all_the_same(browse, content, carrier):
    page = browse()
    to_the_question(page)
    expect(page.get_by_role("heading", name=HEADING)).to_be_hidden()
    page.get_by_label("内容").fill(TEXT)
    write_title(page)

    offers = page.get_by_role("region", name=HEADING)
    expect(offers.get_by_role("link")).to_have_count(2)
    expect(page.get_by_role("status")).to_contain_text("有 2 条可能已经回答了您的问题")
    with page.context.expect_page() as opened:
        offers.get_by_role("link", name="居住证签注").click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("居住证签注")
    assert opened.value.evaluate("window.opener") is None
    opened.value.close()

    expect(page.get_by_label("标题")).to_have_value(TITLE)
    expect(page.get_by_label("内容")).to_have_value(TEXT)
    onward(page)
    for _page in ("place", "files", "contact"):
        onward(page)
    page.get_by_label("同意公开", exact=True).check()
    onward(page)
    onward(page, "提交问题")
    expect(page.get_by_role("heading", level=1)).to_contain_text("已提交")


def test_the_list_follows_what_is_typed_and_speaks_only_of_what_is_new(browse, content):
    page = browse()
    to_the_question(page)
    write_title(page)
    status = page.get_by_role("status")
    expect(status).to_contain_text("有 2 条")
    said = status.evaluate_handle(
        "status => { const said = []; new MutationObserver(list => said.push(...list)).observe(status, { childList: true }); return said; }"
    )

    with page.expect_response("**/similar/"):
        page.get_by_label("内容").press_sequentially("居住证到期")
    expect(status).to_contain_text("有 2 条")
    assert said.evaluate("said => said.length") == 0

    with page.expect_response("**/similar/"):
        page.get_by_label("标题").fill("葡萄皮怎么分类")
        page.get_by_label("内容").fill("")
    expect(page.get_by_role("region", name=HEADING)).to_be_hidden()
    expect(status).to_be_empty()
    expect(page.get_by_role("button", name="已经解决，不提问了")).to_be_hidden()


def test_by_keyboard_the_list_comes_after_the_text_and_enter_goes_on(browse, content):
    page = browse()
    to_the_question(page)
    write_title(page)
    expect(page.get_by_role("region", name=HEADING)).to_be_visible()

    page.get_by_label("内容").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("region", name=HEADING).get_by_role("link").first).to_be_focused()
    page.get_by_label("内容").fill(TEXT)
    with page.expect_navigation():
        page.get_by_label("标题").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("事情发生在哪里？")


@pytest.mark.parametrize("script", [True, False])
def test_whoever_is_helped_ends_without_a_question(browse, content, script):
    page = browse(script=script)
    to_the_question(page)
    page.get_by_label("标题").fill(TITLE)
    if not script:
        onward(page, "看看是否已有答复")
        expect(page.get_by_label("标题")).to_have_value(TITLE)
    expect(page.get_by_role("region", name=HEADING).get_by_role("link")).to_have_count(2)

    onward(page, "已经解决，不提问了")
    expect(page.get_by_role("heading", level=1)).to_have_text("问题已经解决")
    follow(page, "还是要提问")
    expect(page.get_by_label("标题")).to_have_value(TITLE)
    onward(page, "看看是否已有答复")
    onward(page, "已经解决，不提问了")
    onward(page, "现在就删除")
    expect(page.get_by_role("heading", level=1)).to_have_text("已经删除")


def test_an_engine_that_is_slow_or_away_is_not_noticed(browse, content, monkeypatch):
    def slow(*args, **kwargs):
        time.sleep(3)
        raise EngineAway("too late")

    monkeypatch.setattr(offering, "alike", slow)
    page = browse()
    to_the_question(page)
    page.get_by_label("内容").fill(TEXT)
    with page.expect_request("**/similar/"):
        page.get_by_label("标题").press_sequentially(TITLE)

    begin = time.monotonic()
    onward(page)

    assert time.monotonic() - begin < 2
    expect(page.get_by_role("heading", level=1)).to_contain_text("事情发生在哪里？")


@pytest.mark.parametrize("mode", MODES)
def test_it_is_accessible_and_fits_a_phone(browse, content, live_server, mode):
    page = browse(phone=True)
    choose(page, mode, live_server.url)
    to_the_question(page)
    wrong = {"before": faults(page)}
    write_title(page)
    expect(page.get_by_role("region", name=HEADING)).to_be_visible()
    wrong["offered"] = faults(page)
    onward(page, "看看是否已有答复")
    wrong["asked for"] = faults(page)
    page.get_by_label("标题").fill("葡萄皮怎么分类")
    onward(page, "看看是否已有答复")
    wrong["nothing"] = faults(page)
    page.goto(page.url.split("?")[0].replace("/question/", "/settled/"))
    wrong["settled"] = faults(page)
    onward(page, "现在就删除")
    wrong["dropped"] = faults(page)

    assert {name: found for name, found in wrong.items() if found} == {}
