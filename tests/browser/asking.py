"""The way through the asking journey, as somebody with a mouse and a keyboard takes it."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.fakes.sms import FakeSms

TEXT = "孩子九月上小学，我们持居住证。我的电话 13800138000。请问要准备什么材料？"


def onward(page: Page, name: str = "继续") -> None:
    """Press the page's main button and wait for the next page."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name, exact=True).click()


def press(page: Page, name: str) -> None:
    """Press a button that leads to another page."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    """Follow a link that leads to another page, and wait for that page."""
    with page.expect_navigation():
        page.get_by_role("link", name=name).click()


def ask(
    page: Page,
    title: str,
    *,
    carrier: FakeSms | None = None,
    office: str = "教育局",
    consents: str = "同意公开",
    look: Callable[[Page], None] = lambda page: None,
) -> None:
    """Ask a question up to the receipt. carrier: proves a mobile number on the way; without it an account asks.

    consents: the label of the answer. look: called on every page of the journey, before it is filled in.
    """
    page.goto("/ask/")
    look(page)
    onward(page, "开始提问")
    look(page)
    page.get_by_label("入学入园").check()
    onward(page)
    look(page)
    page.get_by_role("combobox").select_option(label=office)
    onward(page)
    look(page)
    page.get_by_label("标题").fill(title)
    page.get_by_label("内容").fill(TEXT)
    onward(page)
    look(page)
    onward(page)
    look(page)
    onward(page)
    if carrier:
        look(page)
        page.get_by_label("手机号或电子邮箱").fill("13800138000")
        onward(page)
        look(page)
        page.get_by_label("6 位验证码").fill(carrier.last_code)
        onward(page, "确认")
    look(page)
    page.get_by_label(consents, exact=True).check()
    onward(page)
    look(page)
    onward(page, "提交问题")
    look(page)


def replace_lost_code(
    page: Page,
    number: str,
    *,
    carrier: FakeSms,
    look: Callable[[Page], None] = lambda page: None,
) -> str:
    """Get a new tracking code for a question that `ask` asked with a mobile number; return it.

    The settings must let tasks be done at once.
    """
    page.goto("/track/lost/")
    look(page)
    page.get_by_label("问题编号").fill(number)
    page.get_by_label("提问时留的").fill("13800138000")
    onward(page, "发送验证码")
    look(page)
    page.get_by_label("6 位验证码").fill(carrier.last_code)
    onward(page, "换新的查询码")
    look(page)
    return page.locator(".y-panel__reference").inner_text()
