"""The staff's pages, and the asker's, as somebody with a mouse takes them: open a case, take its steps."""

import re

from playwright.sync_api import Locator, Page, expect

from portal.answers.models import Question
from portal.kernel.refs import hash_code, new_code
from tests.browser.asking import onward


def step(page: Page, name: str) -> None:
    """Press the button of a step on the case page."""
    with page.expect_navigation():
        page.locator("form.desk-step").get_by_role("button", name=name, exact=True).click()


def unfold(page: Page, name: str) -> None:
    """Open the panel of a step that needs something filled in."""
    panel = page.locator("details.desk-panel", has=page.locator("summary", has_text=re.compile(f"^{name}$")))
    if panel.get_attribute("open") is None:
        panel.locator("summary").click()


def track(page: Page, question: Question) -> None:
    """Open a question by a fresh code, as an asker without account does."""
    code = new_code()
    Question.objects.filter(pk=question.pk).update(tracking_hash=hash_code(code))
    page.goto("/track/")
    page.get_by_label("查询码").fill(code)
    onward(page, "查询")


def open_case(page: Page, title: str) -> None:
    """Find a case in the queue by its title and open it."""
    page.goto("/admin/desk/")
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", name="下一步")).to_be_visible()


def filled(page: Page, name: str, action: str, **typed: str | bool) -> Locator:
    """Open the panel of a step, fill in (or tick) its fields by their names, press its button; return the form."""
    unfold(page, name)
    form = page.locator(f"form[action$='/{action}/']")
    for field, text in typed.items():
        control = form.locator(f"[name$='{field}']")
        if text is True:
            control.check()
        elif control.evaluate("field => field.tagName") == "SELECT":
            control.select_option(text)
        else:
            control.fill(text)
    step(page, name)
    return form


def offered(page: Page) -> list[str]:
    """The steps that the case page offers, by the words on their buttons, folded away or not."""
    buttons = page.locator("section[aria-labelledby='steps-heading'] form.desk-step button")
    return [words.strip() for words in buttons.all_text_contents()]
