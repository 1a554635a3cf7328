"""Notices in the Wagtail admin: one's own on the dashboard, undelivered ones for administrators."""

import json

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.accounts.models import Role
from portal.kernel.permissions import NotAllowed
from portal.notifications.actions import try_again
from portal.notifications.delivery import deliver
from tests.factories.accounts import OfficeFactory, UserFactory, actor, holder
from tests.factories.notifications import NUMBER, NoticeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def spokesperson(client):
    user = holder(Role.SPOKESPERSON, OfficeFactory())
    client.force_login(user)
    return user


@pytest.fixture
def administrator(client):
    user = UserFactory(administrator=True)
    client.force_login(user)
    return user


def words(response):
    assert response.status_code == 200
    return response.content.decode()


def dashboard(client):
    return words(client.get(reverse("wagtailadmin_home")))


def in_menu(label):
    """The menu comes as JSON."""
    return json.dumps(label)


def undelivered(client):
    return words(client.get(reverse("undelivered")))


def test_staff_see_their_unread_notices_on_the_dashboard(client, spokesperson):
    notice = NoticeFactory(user=spokesperson, inbox=True)

    html = dashboard(client)

    assert "未读通知" in html
    assert reverse("inbox_open", args=[notice.pk]) in html
    assert in_menu("我的通知（1）") in html


def test_a_dashboard_without_news_has_no_panel_and_a_plain_menu(client, spokesperson):
    NoticeFactory(user=UserFactory(), inbox=True)

    html = dashboard(client)

    assert "未读通知" not in html
    assert in_menu("我的通知") in html


def test_any_number_of_unread_notices_takes_the_same_queries(client, spokesperson):
    counts = []
    dashboard(client)  # what Wagtail asks once for a process
    for more in (1, 2):
        NoticeFactory.create_batch(more, user=spokesperson, inbox=True)
        with CaptureQueriesContext(connection) as queries:
            dashboard(client)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_administrators_see_what_did_not_arrive_and_no_address(client, administrator):
    user = UserFactory()
    NoticeFactory(user=user, failed=True)
    NoticeFactory(user=user)
    NoticeFactory(user=user, failed=True, kind="tests.app_is_gone")

    html = undelivered(client)

    assert html.count(f"事项 {NUMBER} 有进展</div>") == 1
    assert "tests.app_is_gone" in html
    assert "SMTPDataError" in html
    assert user.email not in html


def test_a_click_sends_it_again(client, administrator):
    notice = NoticeFactory(user=UserFactory(), failed=True)

    response = client.post(reverse("undelivered_retry", args=[notice.pk]), follow=True)
    deliver()

    assert "已重新排队发送" in words(response)
    assert "没有未送达的通知" in words(response)
    assert len(mail.outbox) == 1


def test_a_second_click_says_that_there_is_nothing_to_do(client, administrator):
    notice = NoticeFactory(user=UserFactory())

    response = client.post(reverse("undelivered_retry", args=[notice.pk]), follow=True)

    assert "已经不在未送达之列" in words(response)


def test_the_list_is_the_administrators(client, spokesperson):
    notice = NoticeFactory(user=UserFactory(), failed=True)

    client.post(reverse("undelivered_retry", args=[notice.pk]))
    response = client.get(reverse("undelivered"))

    notice.refresh_from_db()
    assert notice.status == "failed"
    assert response.status_code in (302, 403)
    assert reverse("undelivered") not in dashboard(client)
    with pytest.raises(NotAllowed):
        try_again(notice.pk, by=actor(spokesperson))


def test_any_number_of_undelivered_notices_takes_the_same_queries(client, administrator):
    counts = []
    undelivered(client)  # what Wagtail asks once for a process
    for more in (1, 2):
        NoticeFactory.create_batch(more, user=administrator, failed=True)
        with CaptureQueriesContext(connection) as queries:
            undelivered(client)
        counts.append(len(queries))

    assert counts[0] == counts[1]
