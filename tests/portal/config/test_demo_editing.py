"""The demo's reviewer has something to release, and can."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from portal.accounts.models import User
from portal.config.demo.accounts import make_offices, make_people
from portal.config.demo.editing import SUMMARY, send_a_change_on
from portal.config.demo.pages import make_pages
from portal.pages.models import GuidePage
from portal.pages.queries.reviews import reviews_to_remind_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


@pytest.fixture
def demo(clock):
    since = datetime(2025, 1, 1, tzinfo=UTC)
    make_offices(since)
    make_people(since)
    make_pages(TODAY)
    send_a_change_on()


def test_what_the_editor_has_sent_on_waits_for_the_reviewer_who_releases_it(client, demo):
    page = GuidePage.objects.get(slug="residence-permit-endorsement", locale__language_code="zh-hans")
    client.force_login(User.objects.get(email="reviewer@demo.example"))
    assert page.title in client.get(reverse("wagtailadmin_home")).content.decode()
    assert SUMMARY not in client.get(page.url).content.decode()

    state = page.current_workflow_state
    action = [page.pk, "approve", state.current_task_state_id]
    client.post(reverse("wagtailadmin_pages:workflow_action", args=action), {"comment": ""})

    client.logout()
    assert SUMMARY in client.get(page.url).content.decode()


def test_some_guide_has_to_be_verified_soon(demo):
    assert list(reviews_to_remind_of(TODAY))
