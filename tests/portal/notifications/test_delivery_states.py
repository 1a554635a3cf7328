"""What became of a message: as the servers say it, as people read it, and who hears when it is lost."""

import json
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from portal.journal.models import EventRecord
from portal.journal.realtime import real_now
from portal.notifications.actions import report_sms, try_again
from portal.notifications.addresses import person
from portal.notifications.delivery import RETRY, deliver
from portal.notifications.fates import deliveries
from portal.notifications.models import Notice
from portal.notifications.queries import messages_about
from portal.notifications.sms.webhook import signature
from tests.factories.accounts import UserFactory, actor
from tests.factories.notifications import NUMBER, PROMISE, REF, TOLD, NoticeFactory, tell
from tests.fakes.clock import MONDAY_MORNING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

PHONE = "+8613800138000"
SECRET = "s" * 32
REPORTS = "/sms/reports/"


@pytest.fixture
def user():
    return UserFactory(phone=PHONE, phone_verified=True)


@pytest.fixture(autouse=True)
def gateway(settings):
    settings.SMS_BACKEND, settings.SMS_WEBHOOK_SECRET = "webhook", SECRET


def sms_of(user, **more):
    tell(user, **more)
    deliver()
    return Notice.objects.filter(channel="sms").latest("pk")


def post(said, *, secret=SECRET, at=None, client=None):
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    timestamp = str(int(at if at is not None else real_now().timestamp()))
    headers = {
        "X-Yishi-Timestamp": timestamp,
        "X-Yishi-Signature": f"v1={signature(secret.encode(), timestamp, body)}",
    }
    return (client or Client(enforce_csrf_checks=True)).post(
        REPORTS, body, content_type="application/json", headers=headers
    )


def shown(user, ref=REF):
    return [(one.channel, one.state, one.at) for one in deliveries(messages_about(ref, person(user.pk)))]


def lost():
    return [(event.payload["kind"], event.payload["reason"]) for event in EventRecord.objects.order_by("position")]


# --- Reports of the carrier ------------------------------------------------------------------


def test_a_text_message_that_arrived_is_delivered(user, clock):
    notice = sms_of(user)
    clock.move(minutes=2)

    assert post({"message_id": notice.message_id, "status": "delivered"}).status_code == 204

    notice.refresh_from_db()
    assert (notice.status, notice.sent_at, notice.delivered_at) == ("sent", MONDAY_MORNING, clock.now())
    assert ("短信", "已送达", clock.now()) in shown(user)


def test_one_that_did_not_arrive_is_undelivered_with_its_reason_and_can_be_sent_again(user, clock):
    notice = sms_of(user)

    post([{"message_id": notice.message_id, "status": "undelivered", "reason": "no_such_number"}])

    before = Notice.objects.get(pk=notice.pk)
    assert (before.status, before.error, before.sent_at) == ("failed", "no_such_number", None)
    assert ("短信", "没有送达：号码是空号或已停机", None) in shown(user)
    assert try_again(notice.pk, by=actor(UserFactory(administrator=True)))
    after = Notice.objects.get(pk=notice.pk)
    assert after.message_id != before.message_id, "the gateway would drop what it has had"


def test_the_first_report_counts(user, clock):
    notice = sms_of(user)
    assert report_sms(notice.message_id, arrived=True, clock=clock)
    assert report_sms(notice.message_id, arrived=False, reason="switched_off", clock=clock)
    assert report_sms(notice.message_id, arrived=True, clock=clock)

    notice.refresh_from_db()
    assert (notice.status, notice.delivered_at) == ("sent", MONDAY_MORNING)


@pytest.mark.parametrize(("arrived", "status"), [(True, "sent"), (False, "failed")])
def test_a_report_may_overtake_our_own_record(user, clock, arrived, status):
    notice = NoticeFactory(user=user, sms=True, leased_until=real_now(), attempts=1)

    report_sms(notice.message_id, arrived=arrived, reason="" if arrived else "blocked", clock=clock)

    notice.refresh_from_db()
    assert notice.status == status
    assert deliver() == 0


def test_a_report_about_a_code_or_a_stranger_is_taken_and_changes_nothing(user, clock):
    mail = NoticeFactory(user=user)

    for message_id in ("<code@sms>", mail.message_id):
        assert post({"message_id": message_id, "status": "undelivered"}).status_code == 204
    mail.refresh_from_db()
    assert mail.status == "queued"


@pytest.mark.parametrize(
    ("how", "status"),
    [({"secret": "x" * 32}, 403), ({"at": 1_000_000_000}, 403), ({}, 204)],
    ids=["another secret", "old", "ours"],
)
def test_only_the_gateway_reports(user, how, status):
    notice = sms_of(user)

    assert post({"message_id": notice.message_id, "status": "undelivered"}, **how).status_code == status
    notice.refresh_from_db()
    assert (notice.status == "failed") is (status == 204)


def test_unsigned_and_unclear_reports_are_refused(client):
    assert client.post(REPORTS, b"{}", content_type="application/json").status_code == 403
    assert post(b"{").status_code == 400
    assert post({"message_id": "<1@h>"}).status_code == 400
    assert client.get(REPORTS).status_code == 405


def test_without_a_gateway_there_is_no_such_address(settings):
    settings.SMS_BACKEND = "outbox"

    assert post({"message_id": "<1@h>", "status": "delivered"}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_parallel_reports_one_counts_and_nothing_breaks(user, clock):
    notice = NoticeFactory(user=user, sms=True, kind=PROMISE.key, status="sent", sent_at=MONDAY_MORNING)
    together, faults = threading.Barrier(6), []

    def report(arrived):
        try:
            together.wait()
            report_sms(notice.message_id, arrived=arrived, reason="" if arrived else "blocked", clock=clock)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=report, args=[number % 2 == 0]) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    notice.refresh_from_db()
    assert (notice.status, len(lost())) in (("sent", 0), ("failed", 1))


# --- In words --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "state"),
    [
        ({}, "待发送"),
        ({"attempts": 2, "error": "ConnectionRefusedError"}, "暂时发不出，正在重试"),
        ({"status": "held", "held_until": MONDAY_MORNING}, "免打扰时段结束后发送"),
        ({"status": "held", "held_until": MONDAY_MORNING, "in_digest": True}, "随汇总邮件发送"),
        ({"status": "sent", "sent_at": MONDAY_MORNING}, "已发送"),
        ({"status": "sent", "sent_at": MONDAY_MORNING, "delivered_at": MONDAY_MORNING}, "已送达"),
        ({"status": "failed", "error": "no_such_address 550"}, "没有送达：邮箱地址不存在"),
        ({"status": "failed", "error": "mailbox_full 552"}, "没有送达：邮箱已满"),
        ({"status": "failed", "error": "HTTP503"}, "没有送达：多次发送未成功"),
        ({"status": "skipped", "error": "unwanted"}, "未发：收件人已停收"),
        ({"status": "skipped", "error": "no_address"}, "未发：没有可用的地址"),
    ],
)
def test_every_state_has_its_words(user, columns, state):
    NoticeFactory(user=user, **columns)

    [(channel, words, _at)] = shown(user)
    assert (channel, words) == ("电子邮件", state)


@pytest.mark.parametrize("error", ["done", "outdated", "no_words"])
def test_what_came_to_nothing_by_itself_is_not_told(user, error):
    NoticeFactory(user=user, status="skipped", error=error)

    assert shown(user) == []


def test_it_is_of_this_matter_and_person_and_without_the_inbox(user):
    NoticeFactory(user=user, inbox=True)
    NoticeFactory(user=user, ref="tests.matter:8")
    NoticeFactory(user=UserFactory())
    NoticeFactory(user=user, kind="tests.app_is_gone")
    mine = NoticeFactory(user=user)

    assert [one.notice_id for one in deliveries(messages_about(REF, person(user.pk)))] == [mine.pk]


def test_nothing_has_arrived_that_was_not_sent(user):
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeFactory(user=user, delivered_at=MONDAY_MORNING)


# --- Lost ------------------------------------------------------------------------------------


def test_what_one_has_a_right_to_and_no_channel_carries_is_told(mail_server):
    only_mail = UserFactory()
    mail_server.rcpt = "550 5.1.1 no such user"
    tell(only_mail, kind=PROMISE.key, position=1)
    tell(only_mail, kind=TOLD.key, position=2)  # news, not owed
    deliver()

    assert lost() == [(PROMISE.key, "no_such_address 550")]
    event = EventRecord.objects.get()
    assert (event.payload["ref"], event.payload["recipient"]) == (REF, person(only_mail.pk))
    assert only_mail.email not in str(event.payload)


def test_as_long_as_another_channel_carries_it_nothing_is_lost(user, mail_server, clock):
    mail_server.rcpt = "550 5.1.1 no such user"
    notice = sms_of(user, kind=PROMISE.key)
    assert lost() == []

    post({"message_id": notice.message_id, "status": "undelivered", "reason": "switched_off"})
    assert lost() == [(PROMISE.key, "switched_off")]


def test_what_is_given_up_after_many_tries_is_lost_too(mail_server, wait_is_over):
    tell(UserFactory(), kind=PROMISE.key)
    mail_server.data = "451 try later"
    Notice.objects.update(attempts=RETRY.tries - 1)
    deliver()

    assert lost() == [(PROMISE.key, "SMTPDataError")]


def test_the_servers_words_are_not_kept(user, mail_server, caplog):
    mail_server.rcpt = f"550 5.1.1 <{user.email}>: {NUMBER} unknown"
    tell(user)
    deliver()

    assert user.email not in str(list(Notice.objects.values())) + caplog.text
