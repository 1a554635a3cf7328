"""Open pages change by themselves: quietly, without taking the focus, and under the strict policy."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.asgi import get_asgi_application
from playwright.sync_api import expect

from portal.live import queries, topics
from tests.portal.live.conftest import Served
from tests.portal.live.things import change, register

pytestmark = pytest.mark.django_db(transaction=True)

POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'"
SCRIPT = Path(finders.find("portal/live/live.js") or "")


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setattr(topics, "_topics", {})
    register(insiders=set())
    with Served(others=get_asgi_application()) as server:
        yield server


@pytest.fixture
def show(page, server):
    """Show a body as a page of the server's; `show.fragment` is what its refresh fetches."""
    said = []
    page.on("console", lambda message: said.append(message.text))

    def show(body, fragment=""):
        show.fragment = fragment
        origin = f"http://127.0.0.1:{server.port}"
        head = '<script type="module" src="/live.js"></script>'
        page.route(
            f"{origin}/page",
            lambda route: route.fulfill(
                body=f"<!doctype html><title>.</title>{head}{body}",
                content_type="text/html; charset=utf-8",
                headers={"Content-Security-Policy": POLICY},
            ),
        )
        page.route(f"{origin}/live.js", lambda route: route.fulfill(path=SCRIPT, content_type="text/javascript"))
        page.route(
            f"{origin}/fragment",
            lambda route: route.fulfill(body=show.fragment, content_type="text/html; charset=utf-8"),
        )
        page.goto(f"{origin}/page")
        return page

    yield show
    assert [text for text in said if "Content Security Policy" in text] == []


def queue(**attributes):
    told = " ".join(f'data-live-{name}="{value}"' for name, value in attributes.items())
    return f'<main id="queue" data-live-topics="thing:1 thing:2" data-live-refresh="/fragment" {told}>old</main>'


def test_a_change_since_the_page_was_made_is_shown_and_announced(show):
    start = queries.position()
    change("1")

    page = show(queue(after=start, notice="有变化"), fragment='<a id="row" href="#">new</a>')

    expect(page.locator("#queue")).to_have_text("new")
    expect(page.get_by_role("status")).to_have_text("有变化")


def test_the_focus_and_the_ticks_stay_where_they_are(show):
    row = '<a id="row" href="#">{}</a><input type="checkbox" name="case" value="1">'
    page = show(queue(after=queries.position()), fragment=row.format("one"))
    change("1")
    expect(page.locator("#row")).to_have_text("one")
    page.get_by_role("checkbox").check()
    page.locator("#row").focus()

    show.fragment = row.format("two")
    change("2")

    expect(page.locator("#row")).to_have_text("two")
    expect(page.locator("#row")).to_be_focused()
    expect(page.get_by_role("checkbox")).to_be_checked()


def test_who_is_typing_is_not_disturbed(show):
    page = show(queue(after=queries.position()), fragment='<input id="note">')
    change("1")
    page.locator("#note").fill("half a sent")

    show.fragment = "new"
    change("1")

    page.wait_for_timeout(1500)
    expect(page.locator("#note")).to_have_value("half a sent")
    page.locator("#note").blur()
    expect(page.locator("#queue")).to_have_text("new")


def test_a_page_with_a_form_says_that_it_is_old_and_offers_to_load_anew(show):
    start = queries.position()
    page = show(
        f'<div data-live-topics="thing:1" data-live-after="{start}" data-live-notice="有新变化" data-live-reload="刷新"></div>'
    )
    assert page.get_by_role("button").count() == 0
    change("1")
    change("1")

    expect(page.get_by_role("button", name="刷新")).to_have_count(1)
    expect(page.locator("div")).to_contain_text("有新变化")


def test_scripts_hear_of_it_too(show):
    page = show(f'<div data-live-topics="thing:1" data-live-after="{queries.position()}"></div>')
    heard = page.evaluate_handle(
        "() => { const heard = []; addEventListener('live:changed', ({detail}) => heard.push(detail)); return heard; }"
    )
    position = change("1")

    page.wait_for_function("heard => heard.length", arg=heard)
    assert heard.json_value() == [{"position": position, "topics": ["thing:1"]}]


def test_where_streams_are_blocked_the_page_asks_instead(show, page):
    page.clock.install()
    page.route("**/live/events*", lambda route: route.fulfill(status=502))
    show(queue(after=queries.position()), fragment="new")
    change("1")

    for _ in range(6):
        page.clock.run_for(4000)
        page.wait_for_timeout(100)

    expect(page.locator("#queue")).to_have_text("new")


def test_a_page_that_may_no_longer_watch_stops_asking(show, page):
    asked = []
    page.clock.install()
    page.on("request", lambda request: asked.append(request.url) if "/live/poll" in request.url else None)
    show('<div data-live-topics="secret:1"></div>')

    for _ in range(10):
        page.clock.run_for(8000)
        page.wait_for_timeout(50)

    assert len(asked) == 1
