"""Two clock processes at once: what time brings happens once."""

from datetime import date, timedelta

import pytest
from wagtail.models import PageLogEntry

from portal.journal.models import EventRecord
from portal.pages.actions.reminding import remind_of_reviews
from portal.pages.actions.scheduling import keep_schedule
from tests.factories.pages import guide, standard_page
from tests.portal.accounts.test_races import in_parallel

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_review_is_told_of_once(clock):
    guide(verified_on=date(2025, 3, 1))
    in_parallel(*[lambda: remind_of_reviews(clock)] * 4)

    assert EventRecord.objects.filter(name="pages.review_due").count() == 1


def test_one_page_comes_out_once(clock):
    page = standard_page("停水通知", live=False)
    page.go_live_at = clock.now() + timedelta(days=365 * 20)
    page.save_revision().publish()
    clock.move(days=365 * 20)
    in_parallel(*[lambda: keep_schedule(clock)] * 4)

    page.refresh_from_db()
    assert page.live
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish.scheduled").count() == 1


def test_one_page_goes_off_once(clock):
    page = standard_page("停水通知", expire_at=clock.now())
    in_parallel(*[lambda: keep_schedule(clock)] * 4)

    page.refresh_from_db()
    assert not page.live
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.unpublish.scheduled").count() == 1
