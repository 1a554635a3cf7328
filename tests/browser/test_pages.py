"""Every page: accessible in every mode, no wider than a phone, nothing from a foreign host."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Page

from portal.answers.actions import aftercare, screening
from portal.answers.models import AnswerPage
from tests.browser.asking import ask
from tests.browser.looks import MODES, choose, overflow, violations
from tests.factories.answers import accepted, answered, at, dispatched, in_review, make_topic, published
from tests.factories.answers import ask as asked

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def matters(district, clock, background):
    """The resident's questions, one of each kind of page; the worker has caught up."""
    who = {"by": district.resident, "clock": clock}
    found = {
        "waiting": dispatched(district, title="等待受理的问题", **who),
        "answered": answered(district, title="已经答复的问题", **who),
        "rated": answered(district, title="已经评价的问题", **who),
        "published": published(district, title="已经公开的问题", **who),
        "refused": asked(district, title="不予受理的问题", **who),
        "expected": asked(district, title="日期还是预计的问题", by=district.resident, clock=at(12, 28, 10)),
    }
    clock.move(days=2)
    aftercare.rate(found["rated"].pk, resolved="partly", satisfaction=3, comment="还行", **who)
    screening.propose_refusal(
        found["refused"].pk,
        reason="private_dispute",
        explanation="这是民事纠纷。",
        other_route="人民调解",
        by=district.dispatcher,
        clock=clock,
    )
    screening.approve_refusal(found["refused"].pk, by=district.second_dispatcher, clock=clock)
    background()
    return found


@pytest.fixture
def faults(live_server) -> Callable[[Page], list[str]]:
    """What is wrong with the page that is open."""

    def look(page: Page) -> list[str]:
        found = violations(page)
        if (wider := overflow(page)) > 0:
            found.append(f"{wider} pixels wider than the screen")
        return found

    return look


@pytest.fixture
def listen(live_server) -> Callable[[Page], set[str]]:
    """The hosts that a page asks for something, ours left out."""

    def listen_to(page: Page) -> set[str]:
        hosts: set[str] = set()
        page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
        return hosts

    return listen_to


def visit(page: Page, path: str) -> None:
    """Open a page that is there; the two that are not must say so."""
    expected = {"/no-such-page/": 404, "/en/no-such-page/": 404, "/admin/": 403}.get(path, 200)
    assert page.goto(path).status == expected, path


def visitors_pages(matters) -> list[str]:
    page = AnswerPage.objects.get(question=matters["published"])
    return [
        "/",
        "/about/",
        "/accessibility/",
        "/answers/",
        "/answers/?tab=waiting",
        "/answers/?office=schools&topic=schooling",
        "/answers/?office=street",
        page.get_url().replace("http://localhost", ""),
        f"/q/{matters['waiting'].pk}/why/",
        "/track/",
        "/track/lost/",
        "/display/",
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/password/reset/",
        "/accounts/login/code/",
        "/no-such-page/",
    ]


def residents_pages(matters) -> list[str]:
    return [
        "/my/questions/",
        *(f"/q/{question.pk}/" for question in matters.values()),
        f"/q/{matters['expected'].pk}/why/",
        f"/q/{matters['waiting'].pk}/withdraw/",
        "/inbox/",
        "/account/",
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/2fa/",
        "/admin/",  # not for residents: the refusal
    ]


@pytest.mark.parametrize("mode", MODES)
def test_public_pages_are_accessible_and_fit_a_phone(browse, matters, live_server, faults, mode):
    page = browse(phone=True)
    choose(page, mode, live_server.url)
    wrong = {}
    for path in visitors_pages(matters):
        visit(page, path)
        wrong[path] = faults(page)

    assert {path: found for path, found in wrong.items() if found} == {}


@pytest.mark.parametrize("mode", MODES)
def test_a_residents_own_pages_are_accessible_and_fit_a_phone(browse, district, matters, live_server, faults, mode):
    page = browse(district.resident, phone=True)
    choose(page, mode, live_server.url)
    wrong = {}
    for path in residents_pages(matters):
        visit(page, path)
        wrong[path] = faults(page)

    assert {path: found for path, found in wrong.items() if found} == {}


@pytest.mark.parametrize("mode", MODES)
def test_every_page_of_the_asking_journey_is_accessible_and_fits_a_phone(
    browse, district, carrier, live_server, faults, mode
):
    make_topic()
    page = browse(phone=True)
    choose(page, mode, live_server.url)
    wrong = {}

    def look(page):
        wrong[page.title()] = faults(page)
        if "topic" in page.url:  # and once with its errors
            page.locator("main").get_by_role("button", name="继续").click()
            wrong[page.title()] = faults(page)

    ask(page, "居住证入学", carrier=carrier, look=look)

    assert len(wrong) >= 11
    assert {path: found for path, found in wrong.items() if found} == {}


@pytest.mark.parametrize("language", ["", "/en"])
def test_pages_are_accessible_on_a_wide_screen_in_both_languages(browse, matters, faults, language):
    page = browse()
    wrong = {}
    for path in visitors_pages(matters):
        visit(page, language + path)
        wrong[path] = faults(page)

    assert {path: found for path, found in wrong.items() if found} == {}


def test_the_maintenance_page_is_accessible(browse, live_server, faults, tmp_path, settings):
    settings.MAINTENANCE_FILE = tmp_path / "maintenance"
    settings.MAINTENANCE_FILE.touch()
    page = browse(phone=True)
    page.goto("/")

    assert faults(page) == []


# What Wagtail's own frame around our pages does is Wagtail's; ours is what stands inside.
DESK = [("dispatcher", "{desk}"), ("dispatcher", "{submitted}"), ("spokesperson", "{accepted}"), ("leader", "{review}")]


@pytest.mark.parametrize(("who", "path"), [*DESK, ("editor", "{answered}")])
def test_the_desk_is_accessible(browse, district, clock, faults, who, path):
    matters = {
        "submitted": asked(district, clock=clock),
        "accepted": accepted(district, clock=clock),
        "review": in_review(district, clock=clock),
        "answered": answered(district, clock=clock),
    }
    addresses = {name: f"/admin/desk/{question.pk}/" for name, question in matters.items()}
    page = browse(getattr(district, who))
    page.goto(path.format(desk="/admin/desk/", **addresses))

    assert faults(page) == []


def test_no_page_asks_a_foreign_host_for_anything(browse, district, matters, listen, live_server):
    page = browse(district.resident)
    hosts = listen(page)
    for path in [*visitors_pages(matters), *residents_pages(matters)]:
        page.goto(path, wait_until="networkidle")

    assert hosts == {urlsplit(live_server.url).netloc}
    assert django_settings.DEBUG is False
