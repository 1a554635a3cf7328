"""A real browser: Debian's chromium, or the one that CHROMIUM names."""

import os
import shutil
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import ConsoleMessage, Page, Request

from portal.accounts.models import User
from portal.kernel import sms
from portal.kernel.actors import Actor
from tests.factories.answers import make_district
from tests.fakes.sms import FakeSms

NAMES = ("chromium", "chromium-browser", "google-chrome")
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="session", autouse=True)
def orm_beside_the_driver():
    """Allow the ORM in tests: the driver's event loop in the main thread is not ours, nothing awaits."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Start the browser that is installed; as root it has to go without its sandbox."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("no chromium: run make test as root, install it, or set CHROMIUM")
    args = ["--disable-dev-shm-usage", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    return browser_type_launch_args | {"executable_path": path, "args": args}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """A visitor from here, on a screen of common size."""
    return browser_context_args | {
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "viewport": {"width": 1280, "height": 900},
    }


@pytest.fixture
def carrier(monkeypatch) -> FakeSms:
    """The SMS carrier, to read the codes it was given."""
    fake = FakeSms()
    monkeypatch.setattr(sms, "_installed", fake)
    return fake


@pytest.fixture
def district(transactional_db):
    """A centre, two answering offices, one person per role."""
    return make_district()


@pytest.fixture
def other_hosts() -> set[str]:
    """The foreign hosts that pages may ask in this test: none, unless it puts one in."""
    return set()


@pytest.fixture
def browse(new_context, live_server, other_hosts) -> Iterator[Callable[..., Page]]:
    """Open a browser of its own, for one of the district's people or for a visitor.

    browse(district.leader, script=False, phone=True, touch=True)
    A page that asks a foreign host for anything, breaks its own policy or has a script that
    fails, fails the test, whatever the test is about.
    """
    ours = {"", urlsplit(live_server.url).netloc}  # "": data and blob addresses
    complaints: list[str] = []

    def hear(request: Request) -> None:
        if urlsplit(request.url).netloc not in ours | other_hosts:
            complaints.append(f"asks {request.url}")

    def read(said: ConsoleMessage) -> None:
        if "Content Security Policy" in said.text:
            complaints.append(said.text)

    def open_browser(
        actor: Actor | None = None, *, script: bool = True, phone: bool = False, touch: bool = False
    ) -> Page:
        fingers = {"has_touch": touch, "is_mobile": touch}
        context = new_context(base_url=live_server.url, java_script_enabled=script, **fingers)
        context.set_default_timeout(10_000)
        context.on("request", hear)
        context.on("console", read)
        context.on("weberror", lambda failure: complaints.append(str(failure.error)))
        if actor:
            client = Client()
            client.force_login(User.objects.get(pk=actor.id))
            value = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
        page = context.new_page()
        if phone:
            page.set_viewport_size(PHONE)
        return page

    yield open_browser
    assert complaints == []
