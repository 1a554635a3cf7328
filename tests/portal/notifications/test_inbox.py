"""The inbox page: one's own notices, and nobody else's."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.kernel.actors import ANONYMOUS, system
from portal.kernel.permissions import NotAllowed, can
from portal.notifications.actions import mark_all_read, mark_read
from portal.notifications.models import Notice
from portal.notifications.permissions import P
from portal.notifications.queries import unread_count
from tests.factories.accounts import OfficeFactory, UserFactory, actor
from tests.factories.notifications import NUMBER, OFFICE_NEWS, NoticeFactory
from tests.fakes.clock import MONDAY_MORNING

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client):
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.fixture
def notice(user):
    return NoticeFactory(user=user, inbox=True)


@pytest.fixture
def strangers_notice():
    return NoticeFactory(user=UserFactory(), inbox=True)


def page(client, **query):
    response = client.get(reverse("inbox"), query)
    assert response.status_code == 200
    return response


def shown(response):
    return [row.notice.pk for row in response.context["rows"]]


def is_read(notice):
    notice.refresh_from_db()
    return not notice.is_unread


# --- Reading --------------------------------------------------------------------------------


def test_it_shows_ones_own_notices_newest_first(client, user, strangers_notice):
    older = NoticeFactory(user=user, inbox=True)
    newer = NoticeFactory(user=user, inbox=True)
    NoticeFactory(user=user)  # an e-mail is no second entry

    response = page(client)

    assert shown(response) == [newer.pk, older.pk]
    html = response.content.decode()
    assert f"事项 {NUMBER} 有进展" in html
    assert "2 条未读" in html
    assert "no-store" in response["Cache-Control"]


def test_it_speaks_the_language_of_the_page(client, user, notice):
    html = client.get("/en/inbox/").content.decode()

    assert "My notices" in html
    assert '<p class="message__text">Notice</p>' in html
    assert "1 unread" in html


def test_it_can_show_the_unread_only(client, user, notice):
    read = NoticeFactory(user=user, inbox=True, read_at=MONDAY_MORNING)

    assert shown(page(client, show="unread")) == [notice.pk]
    assert shown(page(client)) == [read.pk, notice.pk]


def test_an_empty_inbox_says_so(client, user):
    assert "还没有通知" in page(client).content.decode()
    assert "没有未读的通知" in page(client, show="unread").content.decode()


def test_it_comes_in_pages(client, user):
    NoticeFactory.create_batch(21, user=user, inbox=True)

    assert [len(shown(page(client))), len(shown(page(client, page=2)))] == [20, 1]


def test_a_notice_of_an_app_that_is_gone_does_not_break_the_page(client, user, notice):
    NoticeFactory(user=user, inbox=True, kind="tests.app_is_gone")

    assert shown(page(client)) == [notice.pk]


@pytest.mark.parametrize("name", ["inbox", "inbox_read_all", "inbox_open", "inbox_read"])
def test_visitors_are_asked_to_sign_in(client, strangers_notice, name):
    args = [strangers_notice.pk] if name in ("inbox_open", "inbox_read") else []
    address = reverse(name, args=args)

    for response in (client.get(address), client.post(address)):
        assert response.status_code == 302
        assert response.url.startswith(reverse("account_login"))


def test_any_number_of_notices_takes_the_same_queries(client, user):
    def notice_about(office):
        params = {"office": str(office.pk), "due": "2026-03-05T16:00:00+00:00"}
        return NoticeFactory(user=user, inbox=True, kind=OFFICE_NEWS.key, params=params)

    counts = []
    for more in (1, 2):
        for office in OfficeFactory.create_batch(more):
            notice_about(office)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(client)
        counts.append(len(queries))

    assert counts[0] == counts[1]


# --- Marking --------------------------------------------------------------------------------


def test_who_opens_a_notice_comes_to_the_matter_and_has_read_it(client, notice):
    response = client.get(reverse("inbox_open", args=[notice.pk]))

    assert (response.status_code, response.url) == (302, "/matters/7/")
    assert is_read(notice)


def test_a_notice_without_page_leads_back_to_the_inbox(client, user):
    notice = NoticeFactory(user=user, inbox=True, kind=OFFICE_NEWS.key, params={})

    assert client.get(reverse("inbox_open", args=[notice.pk])).url == reverse("inbox")


def test_one_notice_is_marked_and_the_list_stays_where_it_was(client, user, notice):
    other = NoticeFactory(user=user, inbox=True)

    response = client.post(reverse("inbox_read", args=[notice.pk]), {"show": "unread", "page": "2"})

    assert response.url == reverse("inbox") + "?show=unread&page=2"
    assert (is_read(notice), is_read(other)) == (True, False)


def test_all_are_marked_but_nobody_elses(client, user, notice, strangers_notice):
    client.post(reverse("inbox_read_all"))

    assert (is_read(notice), is_read(strangers_notice)) == (True, False)


def test_the_first_reading_counts(user, notice, clock):
    first = clock.now()
    mark_read(notice.pk, by=actor(user), clock=clock)
    clock.move(hours=1)

    mark_read(notice.pk, by=actor(user), clock=clock)
    mark_all_read(by=actor(user), clock=clock)

    notice.refresh_from_db()
    assert notice.read_at == first


@pytest.mark.parametrize("name", ["inbox_read", "inbox_read_all"])
def test_marking_is_a_post(client, notice, name):
    address = reverse(name, args=[notice.pk] if name == "inbox_read" else [])

    assert client.get(address).status_code == 405
    assert not is_read(notice)


# --- Whose it is ----------------------------------------------------------------------------


@pytest.mark.parametrize(("method", "name"), [("get", "inbox_open"), ("post", "inbox_read")])
def test_somebody_elses_notice_does_not_exist(client, user, strangers_notice, method, name):
    assert getattr(client, method)(reverse(name, args=[strangers_notice.pk])).status_code == 404
    assert getattr(client, method)(reverse(name, args=[10**9])).status_code == 404
    assert not is_read(strangers_notice)


def test_an_administrator_does_not_read_other_peoples_notices(client, strangers_notice):
    client.force_login(UserFactory(administrator=True))

    assert client.get(reverse("inbox_open", args=[strangers_notice.pk])).status_code == 404


def test_ones_own_email_is_no_page_either(client, user):
    notice = NoticeFactory(user=user)

    assert client.get(reverse("inbox_open", args=[notice.pk])).status_code == 404


def test_the_permission_and_its_list_agree(user, notice, strangers_notice):
    NoticeFactory(user=user)
    everybody = [actor(user), actor(UserFactory(administrator=True)), ANONYMOUS, system("worker")]

    for who in everybody:
        visible = set(Notice.objects.visible_to(who))
        assert visible == {one for one in Notice.objects.all() if can(who, P.READ_NOTICE, one)}


def test_the_action_itself_refuses_strangers(clock, user, strangers_notice):
    with pytest.raises(NotAllowed) as refused:
        mark_read(strangers_notice.pk, by=actor(user), clock=clock)
    assert refused.value.reason.code == "notifications.not_yours"


# --- The count ------------------------------------------------------------------------------


def test_the_count_is_of_ones_own_unread_notices(user, notice, strangers_notice):
    NoticeFactory(user=user, inbox=True, read_at=MONDAY_MORNING)
    NoticeFactory(user=user)

    assert unread_count(actor(user)) == 1


def test_visitors_cost_no_query(client, rf, django_assert_num_queries):
    from portal.notifications.context import inbox

    request = rf.get("/")
    request.actor = ANONYMOUS
    with django_assert_num_queries(0):
        assert inbox(request)["inbox"].unread == 0


def test_the_count_is_asked_once_a_request(rf, user, notice, settings, django_assert_num_queries):
    from portal.notifications.context import inbox, inbox_of_request

    request = rf.get("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    request.actor = actor(user)
    with django_assert_num_queries(1):
        assert inbox(request)["inbox"].unread == inbox_of_request(request).unread == 1
