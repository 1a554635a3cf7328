"""A missing year: told to administrators once, shown on every page of the back office, a warning of the health probe."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from portal.accounts.models import Role
from portal.config.calendar_alarm import missing_year_banner
from portal.journal.health import beat
from portal.journal.models import EventRecord
from portal.kernel.clock import SHANGHAI
from portal.notifications.models import Notice
from portal.workdays.actions.alarming import raise_alarm
from portal.workdays.actions.deciding import confirm, reject
from portal.workdays.actions.proposing import propose
from portal.workdays.models import YearAlarm
from tests.factories.accounts import AppointmentFactory, OfficeFactory, UserFactory, actor, holder
from tests.factories.workdays import load, official_year

pytestmark = pytest.mark.django_db

HOME = reverse("wagtailadmin_home")
MISSING = "2027 年的放假安排还没有载入"


def at(*parts):
    return datetime(2026, *parts, tzinfo=SHANGHAI)


def told(kind):
    return {notice.recipient.rpartition(":")[2] for notice in Notice.objects.filter(kind=f"workdays.{kind}")}


def page(client, user, address=HOME):
    client.force_login(user)
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


# --- Told once --------------------------------------------------------------------------------


def test_administrators_are_told_on_the_first_of_october_and_once_more_when_it_is_urgent(clock, background):
    administrator, other = UserFactory(administrator=True), UserFactory(administrator=True, is_active=False)
    holder(Role.SPOKESPERSON, OfficeFactory())
    clock.set(at(9, 30, 23, 59))
    background()
    assert not EventRecord.objects.filter(name="workdays.year_missing").exists()

    for moment in (at(10, 1), at(10, 1, 1), at(11, 20), at(12, 14, 23)):
        clock.set(moment)
        background()
    assert told("year_due") == {str(administrator.pk)}
    assert Notice.objects.filter(kind="workdays.year_due", channel="inbox").count() == 1
    assert told("year_urgent") == set()
    assert not other.is_active

    clock.set(at(12, 15))
    background()
    assert told("year_urgent") == {str(administrator.pk)}
    assert list(YearAlarm.objects.order_by("pk").values_list("year", "urgent")) == [(2027, False), (2027, True)]


def test_once_the_notice_is_loaded_nobody_is_told(clock, background):
    load(official_year(2027), clock)
    clock.set(at(12, 20))
    background()

    assert not YearAlarm.objects.exists()


def test_an_alarm_raised_twice_is_one(clock):
    clock.set(at(10, 5))

    assert [raise_alarm(clock), raise_alarm(clock)] == [1, 0]


# --- On every page ------------------------------------------------------------------------------


@pytest.fixture
def people():
    city = OfficeFactory()
    return {
        "administrator": UserFactory(administrator=True),
        "dispatcher": holder(Role.DISPATCHER, OfficeFactory(parent=city, is_centre=True)),
        "spokesperson": holder(Role.SPOKESPERSON, city),
    }


@pytest.mark.parametrize(
    ("moment", "warned", "urgently"),
    [
        (at(9, 30), set(), set()),
        (at(10, 1), {"administrator", "dispatcher"}, set()),
        (at(12, 15), {"administrator", "dispatcher", "spokesperson"}, {"administrator", "dispatcher", "spokesperson"}),
    ],
)
def test_who_is_warned_when(client, clock, people, moment, warned, urgently):
    clock.set(moment)
    pages = {name: page(client, user) for name, user in people.items()}

    assert {name for name, html in pages.items() if MISSING in html} == warned
    assert {name for name, html in pages.items() if "staff-banner--urgent" in html} == urgently
    leads = {
        name
        for name, html in pages.items()
        if f'class="button button-small" href="{reverse("workdays:national")}"' in html
    }
    assert leads == warned - {"spokesperson"}


def test_the_banner_stands_on_every_page_of_the_back_office_until_the_notice_is_loaded(client, clock, people):
    clock.set(at(12, 16))
    desk = reverse("answers_desk:queue")
    assert MISSING in page(client, people["spokesperson"], desk)
    assert MISSING in page(client, people["administrator"], reverse("offices:list"))

    load(official_year(2027), clock)
    assert MISSING not in page(client, people["spokesperson"], desk)


def test_while_the_notice_waits_for_a_second_person_the_banner_leads_to_it(client, clock, people):
    clock.set(at(12, 16))
    version = propose(official_year(2027), by=actor(people["administrator"]), clock=clock)
    pages = {name: page(client, user) for name, user in people.items()}

    assert not any(MISSING in html for html in pages.values())
    assert all("2027 年的放假安排已登记，待确认" in html for html in pages.values())
    lead = f'href="{reverse("workdays:version", args=[version.pk])}">查看待确认的版本'
    assert {name for name, html in pages.items() if lead in html} == {"administrator", "dispatcher"}


def test_a_year_that_began_unannounced_stays_urgent(client, clock, people):
    clock.set(at(12, 31) + timedelta(days=3))

    assert "staff-banner--urgent" in page(client, people["administrator"])


def test_the_banner_costs_two_queries(client, clock, people, django_assert_num_queries):
    clock.set(at(12, 16))
    client.force_login(people["administrator"])
    request = client.get(HOME).wsgi_request
    request.actor = actor(people["administrator"])

    with django_assert_num_queries(2):
        assert missing_year_banner(request)


# --- The probe --------------------------------------------------------------------------------


def test_a_missing_year_is_a_warning_that_turns_nobody_away(client, clock):
    beat("worker")
    beat("clock")
    clock.set(at(11, 1))
    warned = client.get("/-/ready")
    load(official_year(2027), clock)

    assert (warned.status_code, warned.json()["warnings"]) == (200, ["calendar_year"])
    assert client.get("/-/ready").json()["warnings"] == []


# --- Proposals --------------------------------------------------------------------------------


def test_a_proposal_is_told_to_who_may_confirm_it_and_what_became_of_it_to_the_proposer(clock, background):
    proposer, administrator = UserFactory(administrator=True), UserFactory(administrator=True)
    city = OfficeFactory()
    leader, stand_in = UserFactory(), UserFactory()
    AppointmentFactory(user=leader, office=city, role=Role.LEADER, stand_in=stand_in)
    holder(Role.LEADER, OfficeFactory(parent=city))
    first = propose(official_year(2027), by=actor(proposer), clock=clock)
    second = propose(official_year(2028), by=actor(proposer), clock=clock)
    background()
    assert told("to_confirm") == {str(administrator.pk), str(stand_in.pk)}

    confirm(first.pk, by=actor(administrator), clock=clock)
    reject(second.pk, reason="不对", by=actor(stand_in), clock=clock)
    background()
    assert told("confirmed") == told("rejected") == {str(proposer.pk)}


def test_a_notice_leads_to_the_version(client, clock, background):
    proposer, administrator = UserFactory(administrator=True), UserFactory(administrator=True)
    version = propose(official_year(2027), by=actor(proposer), clock=clock)
    background()
    notice = Notice.objects.get(kind="workdays.to_confirm", channel="inbox")
    client.force_login(administrator)
    opened = client.get(reverse("inbox_open", args=[notice.pk]), follow=True)

    assert opened.redirect_chain[-1][0] == reverse("workdays:version", args=[version.pk])
    assert "2027 年日历第 2 版待确认" in client.get(reverse("inbox")).content.decode()
