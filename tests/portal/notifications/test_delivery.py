"""Handing over: at least once, under one id, whatever fails."""

import json
import signal
import socket
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import translation

from portal.journal.jobs import run_jobs
from portal.journal.realtime import real_now
from portal.kernel.sms import SmsFailed
from portal.notifications import delivery
from portal.notifications.actions import try_again
from portal.notifications.delivery import RETRY, deliver
from portal.notifications.models import Notice
from portal.notifications.outcomes import Refused
from portal.notifications.sms.backends import SmsRefused
from portal.notifications.sms.sender import Sender
from tests.factories.accounts import UserFactory, actor
from tests.factories.notifications import NUMBER, OFFICE_NEWS, REMINDER, NoticeFactory, tell
from tests.fakes.clock import MONDAY_MORNING

pytestmark = pytest.mark.django_db

PHONE = "+8613800138000"


def state(notice):
    notice.refresh_from_db()
    return notice.status, notice.error


class Carrier:
    """An SMS back-end that fails as told."""

    def __init__(self, error):
        self.error = error
        self.tries = 0

    def send(self, message):
        self.tries += 1
        raise self.error


# --- What goes out --------------------------------------------------------------------------


def test_a_mail_says_what_happened_and_where(settings):
    settings.BASE_URL = "https://yishi.example"
    user = UserFactory()
    notice = NoticeFactory(user=user)

    assert deliver() == 1

    [message] = mail.outbox
    assert message.to == [user.email]
    assert message.subject == f"【议事】事项 {NUMBER} 有进展"
    assert "通知\n\n查看详情：\nhttps://yishi.example/matters/7/\n" in message.body
    assert message.extra_headers["Message-ID"] == notice.message_id
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert state(notice) == ("sent", "")
    assert notice.sent_at is not None


def test_it_is_written_in_the_recipients_language_whatever_the_worker_speaks():
    NoticeFactory(user=UserFactory(), language="en")

    with translation.override("zh-hans"):
        deliver()

    assert "Notice\n\nDetails:\n" in mail.outbox[0].body
    assert "sent automatically" in mail.outbox[0].body


def test_no_template_escapes_what_is_plain_text():
    tell(UserFactory(), kind=REMINDER.key, params={"number": NUMBER, "hours": 3}, at=real_now())

    deliver()

    assert "&" not in mail.outbox[0].body


def test_an_sms_is_a_template_with_its_params(outbox):
    notice = NoticeFactory(user=UserFactory(phone=PHONE, phone_verified=True), sms=True)

    deliver()

    [kept] = outbox.newest_first()
    message = json.loads(kept.read_text())
    assert (message["template"], message["params"], message["phone"]) == ("tests_told", {"number": NUMBER}, PHONE)
    assert message["message_id"] == notice.message_id
    assert state(notice) == ("sent", "")


def test_the_address_is_the_one_of_the_hour_it_goes_out():
    user = UserFactory()
    NoticeFactory(user=user)
    user.email = "moved@example.com"
    user.save()

    deliver()

    assert mail.outbox[0].to == ["moved@example.com"]


def test_who_has_no_address_left_is_not_written_to():
    user = UserFactory()
    notice = NoticeFactory(user=user)
    user.is_active = False
    user.save()

    deliver()

    assert state(notice) == ("skipped", "no_address")
    assert mail.outbox == []


@pytest.mark.parametrize(("minutes", "outcome"), [(60, ("sent", "")), (61, ("skipped", "outdated"))])
def test_a_reminder_that_has_become_untrue_is_not_sent(clock, minutes, outcome):
    notice = NoticeFactory(
        user=UserFactory(), kind=REMINDER.key, params={"number": NUMBER, "hours": 1}, created_at=MONDAY_MORNING
    )

    clock.move(minutes=minutes)
    deliver()

    assert state(notice) == outcome


def test_the_worker_does_it_without_being_asked():
    NoticeFactory(user=UserFactory())

    assert run_jobs() == 1
    assert run_jobs() == 0
    assert len(mail.outbox) == 1


def test_a_round_is_short_and_the_next_goes_on():
    NoticeFactory.create_batch(5, user=UserFactory())

    assert [deliver(limit=3), deliver(limit=3), deliver(limit=3)] == [3, 2, 0]


# --- What fails -----------------------------------------------------------------------------


@pytest.fixture
def dead_mail_server(settings, mail_server):
    """Nobody listens where the settings lead."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = taken.getsockname()[1]
        yield


def test_while_mail_is_down_notices_wait_and_then_go_out(settings, mail_server, wait_is_over):
    alive = mail_server.port
    user = UserFactory()
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = nobody.getsockname()[1]
        tell(user)
        assert deliver() == 1
    notice = Notice.objects.get(channel="email")
    assert state(notice) == ("queued", "ConnectionRefusedError")
    assert notice.due_at > real_now() + timedelta(seconds=5)
    assert deliver() == 0

    settings.EMAIL_PORT = alive
    wait_is_over()
    deliver()

    assert mail_server.ids == [notice.message_id]
    assert state(notice) == ("sent", "")


def test_a_dead_mail_server_costs_one_try_for_all(dead_mail_server, outbox):
    user = UserFactory(phone=PHONE, phone_verified=True)
    mails = NoticeFactory.create_batch(3, user=user)
    text_message = NoticeFactory(user=user, sms=True)

    assert deliver() == 2

    assert [state(notice) for notice in mails] == [("queued", "ConnectionRefusedError"), ("queued", ""), ("queued", "")]
    assert [notice.attempts for notice in mails] == [1, 0, 0]
    assert state(text_message) == ("sent", "")


def test_a_mail_server_that_hangs_is_not_waited_for(settings, mail_server):
    settings.EMAIL_TIMEOUT = 0.2
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_PORT = silent.getsockname()[1]
        notice = NoticeFactory(user=UserFactory())
        deliver()

    assert state(notice) == ("queued", "SMTPServerDisconnected")


def test_nobody_waits_longer_than_five_seconds_for_mail():
    from portal.config.settings import base

    assert base.EMAIL_TIMEOUT <= 5


@pytest.mark.parametrize(
    ("rcpt", "data", "outcome"),
    [
        ("550 no such user", "250 OK", ("failed", "no_such_address 550")),
        ("450 try later", "250 OK", ("queued", "SMTPRecipientsRefused")),
        ("250 OK", "554 looks like spam", ("failed", "refused 554")),
        ("250 OK", "452 disk full", ("queued", "SMTPDataError")),
    ],
)
def test_a_refusal_of_one_message_stops_no_other(mail_server, caplog, rcpt, data, outcome):
    user = UserFactory()
    refused, next_one = NoticeFactory.create_batch(2, user=user)
    mail_server.rcpt, mail_server.data = rcpt, data

    deliver(limit=1)
    mail_server.rcpt = mail_server.data = "250 OK"
    deliver()

    assert state(refused) == outcome
    assert state(next_one) == ("sent", "")
    assert user.email not in caplog.text


def test_after_enough_tries_it_is_given_up_and_can_be_revived(dead_mail_server, caplog):
    notice = NoticeFactory(user=UserFactory(), attempts=RETRY.tries - 1)

    deliver()
    assert state(notice) == ("failed", "ConnectionRefusedError")
    assert "notice_failed" in caplog.text

    assert try_again(notice.pk, by=actor(UserFactory(administrator=True)))
    assert state(notice) == ("queued", "")
    assert notice.attempts == 0


@pytest.mark.parametrize(
    ("error", "outcome"),
    [(SmsFailed("HTTP503"), ("queued", "HTTP503")), (SmsRefused("HTTP422"), ("failed", "HTTP422"))],
)
def test_an_sms_gateway_fails_like_a_mail_server(monkeypatch, error, outcome):
    carrier = Carrier(error)
    monkeypatch.setattr(delivery, "sender", lambda: Sender(carrier))
    notice = NoticeFactory(user=UserFactory(phone=PHONE, phone_verified=True), sms=True)

    deliver()

    assert state(notice) == outcome
    assert carrier.tries == 1


def test_a_notice_that_cannot_be_written_stops_no_other(caplog):
    user = UserFactory()
    gone = NoticeFactory(user=user, kind="tests.app_is_gone")
    fine = NoticeFactory(user=user, kind=OFFICE_NEWS.key, params={})

    deliver()

    assert state(gone) == ("queued", "UnknownKind")
    assert state(fine) == ("sent", "")


def test_a_worker_that_lost_its_lease_does_not_undo_what_another_has_done(monkeypatch, wait_is_over):
    notice = NoticeFactory(user=UserFactory())
    send_mail = delivery.send_mail

    def slow(*args):
        monkeypatch.setattr(delivery, "send_mail", send_mail)
        wait_is_over()
        deliver()
        raise Refused("SMTPDataError")

    monkeypatch.setattr(delivery, "send_mail", slow)
    deliver()

    assert state(notice) == ("sent", "")


# --- Dying and racing -----------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_hand_over_and_record_sends_the_same_id_again(mail_server, process_env, wait_is_over):
    tell(UserFactory())
    notice = Notice.objects.get(channel="email")
    handed_over = threading.Event()
    killed = threading.Event()

    def hold_the_reply_back():
        handed_over.set()
        killed.wait(20)

    mail_server.on_message = hold_the_reply_back
    worker = subprocess.Popen(
        [sys.executable, "-m", "tests.portal.notifications.deliver_once", str(mail_server.port)], env=process_env
    )
    assert handed_over.wait(30)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    killed.set()
    mail_server.on_message = lambda: None

    assert state(notice) == ("queued", "")
    assert deliver() == 0, "the lease of the dead worker still holds"
    wait_is_over()
    deliver()

    assert mail_server.ids == [notice.message_id] * 2
    assert state(notice) == ("sent", "")


@pytest.mark.django_db(transaction=True)
def test_parallel_workers_send_each_notice_once(mail_server):
    user = UserFactory()
    notices = NoticeFactory.create_batch(12, user=user)
    together = threading.Barrier(4)
    faults = []

    def work() -> None:
        try:
            together.wait()
            while deliver(limit=2):
                pass
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert sorted(mail_server.ids) == sorted(notice.message_id for notice in notices)
