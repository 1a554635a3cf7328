"""The journal's screens: who may look, what they show, and the warning when the background is late."""

import csv
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.accounts.models import Role
from portal.journal import health
from portal.journal.models import EventRecord, HandlerRun, Heartbeat
from portal.journal.realtime import real_now
from tests.factories.accounts import OfficeFactory, UserFactory, holder
from tests.portal.journal.things import paint

pytestmark = pytest.mark.django_db

EVENTS, UNFINISHED, RETRY = (reverse(name) for name in ("journal_events", "journal_dead_letters", "journal_retry"))


@pytest.fixture
def as_(client):
    """Sign in as somebody with a role, or as the administrator."""

    def sign_in(role):
        if role == "administrator":
            user = UserFactory(administrator=True)
        elif role == "resident":
            user = UserFactory()
        else:
            user = holder(role, OfficeFactory())
        client.force_login(user)
        return client

    return sign_in


def dead(record, handler="tests.slow"):
    return HandlerRun.objects.create(
        event=record,
        handler=handler,
        status=HandlerRun.Status.DEAD,
        attempts=8,
        due_at=real_now(),
        finished_at=real_now(),
        error="ConnectionError",
    )


def words(response):
    assert response.status_code == 200
    return response.content.decode()


# --- Who may look ---------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.AUDITOR, "administrator"])
def test_auditors_and_administrators_read_the_journal(as_, role):
    paint()

    assert "tests.painted" in words(as_(role).get(EVENTS))


@pytest.mark.parametrize("role", [Role.SPOKESPERSON, Role.LEADER, Role.OFFICE_ADMIN, "resident"])
@pytest.mark.parametrize("address", [EVENTS, UNFINISHED, reverse("journal_export")])
def test_nobody_else_does(as_, role, address):
    assert as_(role).get(address).status_code in {302, 403}


def test_auditors_look_and_administrators_try_again(as_):
    dead(*paint())

    assert as_(Role.AUDITOR).post(RETRY).status_code == 403
    assert RETRY not in words(as_(Role.AUDITOR).get(UNFINISHED))
    assert RETRY in words(as_("administrator").get(UNFINISHED))


# --- Events -----------------------------------------------------------------------------------


def test_events_are_found_by_matter_by_name_and_by_day(as_):
    paint(1, colour="red")
    paint(2, colour="green")
    auditor = as_(Role.AUDITOR)

    found = words(auditor.get(EVENTS, {"about": "tests.door:2"}))
    assert "tests.door:2" in found
    assert "tests.door:1" not in found
    assert "没有符合条件的事件" in words(auditor.get(EVENTS, {"until": "2020-01-01"}))
    assert "tests.door:1" in words(auditor.get(EVENTS, {"since": "2026-03-02", "until": "2026-03-02"}))
    assert "tests.door:1" in words(auditor.get(EVENTS, {"since": "nonsense", "name": "no.such"}))


def test_a_matter_shows_all_its_events_and_that_its_chain_is_whole(as_):
    paint(1, times=3)
    page = words(as_(Role.AUDITOR).get(reverse("journal_aggregate", args=["tests.door:1"])))

    assert "3 个事件首尾相接" in page
    assert EventRecord.objects.get(aggregate="tests.door:1", seq=3).hash in page


def test_a_matter_that_does_not_exist_is_404(as_):
    assert as_(Role.AUDITOR).get(reverse("journal_aggregate", args=["tests.door:404"])).status_code == 404


def test_the_export_streams_what_the_filters_leave(as_):
    paint(1, times=2)
    paint(2)
    response = as_(Role.AUDITOR).get(reverse("journal_export"), {"about": "tests.door:1"})

    assert response.streaming
    rows = list(csv.DictReader(b"".join(response.streaming_content).decode().splitlines()))
    assert [row["seq"] for row in rows] == ["2", "1"]
    assert rows[0]["hash"] == EventRecord.objects.get(aggregate="tests.door:1", seq=2).hash


@pytest.mark.parametrize("address", [EVENTS, UNFINISHED])
def test_a_list_costs_the_same_with_one_row_and_with_three(as_, address):
    client = as_("administrator")

    def statements():
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    dead(*paint(1))
    with_one = statements()
    dead(*paint(2))
    dead(*paint(3))

    assert statements() == with_one


# --- What could not be done -------------------------------------------------------------------


def test_one_run_is_tried_again_or_all_of_them(as_):
    runs = [dead(*paint(door)) for door in (1, 2, 3)]
    administrator = as_("administrator")

    assert "已重新安排 1 项任务" in words(administrator.post(RETRY, {"run": runs[0].pk}, follow=True))
    assert set(HandlerRun.objects.filter(status="waiting")) == {runs[0]}
    assert "已重新安排 2 项任务" in words(administrator.post(RETRY, follow=True))
    assert "没有需要重试的任务" in words(administrator.post(RETRY, follow=True))


def test_an_empty_list_says_so(as_):
    assert "没有未完成的后台任务" in words(as_(Role.AUDITOR).get(UNFINISHED))


# --- The warning ------------------------------------------------------------------------------


@pytest.mark.parametrize("page", [reverse("answers_desk:queue"), reverse("wagtailadmin_home")])
@pytest.mark.parametrize(("silence", "warned"), [(timedelta(seconds=100), False), (timedelta(minutes=3), True)])
def test_the_desk_warns_when_the_background_is_late_by_more_than_two_minutes(as_, page, silence, warned):
    for process in health.PROCESSES:
        health.beat(process)
    Heartbeat.objects.filter(process="clock").update(at=real_now() - silence)

    html = words(as_(Role.SPOKESPERSON).get(page))
    assert ("时钟程序已停 3 分钟" in html) is warned
    assert "后台任务已停" not in html


def test_the_warning_names_work_that_waits_though_the_processes_live(as_):
    for process in health.PROCESSES:
        health.beat(process)
    (record,) = paint()
    HandlerRun.objects.create(event=record, handler="tests.slow", due_at=real_now() - timedelta(minutes=5))

    assert "有事件等了 5 分钟" in words(as_(Role.SPOKESPERSON).get(reverse("answers_desk:queue")))
