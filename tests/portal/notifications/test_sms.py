"""SMS: registered templates only, four ways out."""

import hashlib
import hmac
import json
import stat
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation

from portal.accounts.adapter import SmsTemplate
from portal.kernel import sms
from portal.kernel.sms import SmsFailed
from portal.notifications.checks import codes_leave_the_house, webhook_is_safe
from portal.notifications.outbox.reading import read
from portal.notifications.outbox.store import Store
from portal.notifications.sms import sender as senders
from portal.notifications.sms.backends import ConsoleBackend, FileBackend, OutboxBackend, SmsRefused
from portal.notifications.sms.sender import Sender
from portal.notifications.sms.templates import (
    MissingParam,
    Template,
    UnknownTemplate,
    register,
    template_of,
    templates,
)
from portal.notifications.sms.webhook import TIMEOUT, WebhookBackend, signature

PHONE = "+8613800138000"
CODE = {"code": "123456", "minutes": "10"}
SECRET = "s" * 32


class Keeping:
    """A back-end that keeps what it gets."""

    def __init__(self):
        self.messages = []

    def send(self, message):
        self.messages.append(message)


# --- Templates ------------------------------------------------------------------------------


def test_every_message_of_the_storeys_below_is_registered():
    registered = {template.key for template in templates()}

    assert {template.value for template in SmsTemplate} | {"contact_code"} <= registered


def test_only_registered_templates_with_all_their_params_are_sent():
    backend = Keeping()

    with pytest.raises(UnknownTemplate):
        Sender(backend).send("free_text", {}, PHONE)
    with pytest.raises(MissingParam, match="minutes"):
        Sender(backend).send("login_code", {"code": "123456"}, PHONE)
    assert backend.messages == []


def test_params_that_the_template_does_not_know_stay_here():
    backend = Keeping()

    Sender(backend).send(SmsTemplate.LOGIN_CODE, CODE | {"name": "王秀英"}, PHONE)

    assert backend.messages[0].params == CODE


def test_a_message_tells_the_language_of_its_reader_and_has_an_id_of_its_own():
    backend = Keeping()
    with translation.override("en"):
        Sender(backend).send("login_code", CODE, PHONE)
        Sender(backend).send("login_code", CODE, PHONE)
        Sender(backend).send("login_code", CODE, PHONE, message_id="<notice-1@localhost>")

    first, second, third = backend.messages
    assert first.language == "en"
    assert first.text == "Your sign-in code is 123456. It is valid for 10 minutes. Do not share it."
    assert first.message_id != second.message_id
    assert third.message_id == "<notice-1@localhost>"


def test_two_templates_may_not_share_a_key():
    with pytest.raises(ValueError, match="login_code"):
        register(Template("login_code", (), "…"))
    assert template_of("login_code").params == ("code", "minutes")


# --- Choosing the way out -------------------------------------------------------------------


def test_the_house_sends_through_this_app():
    assert isinstance(sms.installed(), Sender)


@pytest.mark.parametrize("name", sorted(senders.BACKENDS))
def test_the_environment_chooses_the_way_out(settings, name):
    settings.SMS_BACKEND = name

    assert isinstance(senders.sender.__wrapped__(), Sender)


def test_an_unknown_way_out_stops_the_start(settings):
    settings.SMS_BACKEND = "pigeon"

    with pytest.raises(ImproperlyConfigured, match=r"console, file, outbox, webhook.*pigeon"):
        senders.sender.__wrapped__()


@pytest.mark.parametrize(
    ("url", "secret", "faults"),
    [
        ("https://sms.example/send", SECRET, []),
        ("http://127.0.0.1:8080/send", SECRET, []),
        ("http://sms.example/send", SECRET, ["portal_notifications.E004"]),
        ("", "", ["portal_notifications.E004", "portal_notifications.E005"]),
    ],
)
def test_a_webhook_is_private_and_signed(settings, url, secret, faults):
    settings.SMS_BACKEND, settings.SMS_WEBHOOK_URL, settings.SMS_WEBHOOK_SECRET = "webhook", url, secret

    assert [fault.id for fault in webhook_is_safe()] == faults


def test_a_real_site_is_told_that_it_sends_nothing(settings):
    settings.SMS_BACKEND, settings.EMAIL_BACKEND = "console", "django.core.mail.backends.console.EmailBackend"
    assert [fault.id for fault in codes_leave_the_house()] == ["portal_notifications.W001", "portal_notifications.W002"]

    settings.SMS_BACKEND, settings.EMAIL_BACKEND = "webhook", "django.core.mail.backends.smtp.EmailBackend"
    assert codes_leave_the_house() == []


# --- Console, file, outbox ------------------------------------------------------------------


def test_the_console_shows_messages(capsys):
    Sender(ConsoleBackend()).send("login_code", CODE, PHONE)

    assert f"SMS {PHONE}: 登录验证码 123456" in capsys.readouterr().out


def test_a_file_gets_a_line_for_each_message_and_nobody_else_reads_it(tmp_path):
    path = tmp_path / "gateway" / "sms.jsonl"
    sender = Sender(FileBackend(path))

    sender.send("login_code", CODE, PHONE)
    sender.send("account_exists", {}, PHONE)

    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert [(line["template"], line["params"], line["phone"]) for line in lines] == [
        ("login_code", CODE, PHONE),
        ("account_exists", {}, PHONE),
    ]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_outbox_keeps_messages_for_its_page(tmp_path):
    store = Store(tmp_path)

    Sender(OutboxBackend(store)).send("login_code", CODE, PHONE)

    [kept] = map(read, store.newest_first())
    assert (kept.channel, kept.to, kept.codes) == ("sms", PHONE, ["123456"])


@pytest.mark.parametrize("backend", [lambda path: FileBackend(path / "sms"), lambda path: OutboxBackend(Store(path))])
def test_a_full_or_broken_disk_is_a_failure_like_any_other(tmp_path, backend):
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")

    with pytest.raises(SmsFailed):
        Sender(backend(in_the_way)).send("login_code", CODE, PHONE)


# --- Webhook --------------------------------------------------------------------------------


class Gateway:
    """An HTTP server on the loopback. Answers `status`, after `delay()`."""

    def __init__(self):
        self.requests = []
        self.status = 200
        self.delay = lambda: None
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                owner.requests.append((self.path, self.headers, body))
                owner.delay()
                self.send_response(owner.status)
                if owner.status in (301, 302, 307, 308):
                    self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_POST

            def log_message(self, *args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/send"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def gateway():
    server = Gateway()
    yield server
    server.close()


@pytest.fixture
def webhook(gateway):
    return Sender(WebhookBackend(gateway.url, SECRET))


def test_a_gateway_gets_template_params_and_number_signed(gateway, webhook):
    webhook.send("login_code", CODE, PHONE, message_id="<notice-1@localhost>")

    [(path, headers, body)] = gateway.requests
    assert path == "/send"
    assert json.loads(body) == {
        "template": "login_code",
        "params": CODE,
        "phone": PHONE,
        "language": "zh-hans",
        "message_id": "<notice-1@localhost>",
    }
    signed = headers["X-Yishi-Timestamp"].encode() + b"." + body
    assert headers["X-Yishi-Signature"] == "v1=" + hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
    assert headers["Idempotency-Key"] == "<notice-1@localhost>"


def test_another_secret_body_or_instant_signs_otherwise():
    signed = signature(SECRET.encode(), "1", b"{}")

    assert signed != signature(b"another", "1", b"{}")
    assert signed != signature(SECRET.encode(), "2", b"{}")
    assert signed != signature(SECRET.encode(), "1", b"{ }")


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(gateway, webhook, status):
    gateway.status = status

    with pytest.raises(SmsFailed, match=f"HTTP{status}"):
        webhook.send("login_code", CODE, PHONE)
    assert [path for path, _headers, _body in gateway.requests] == ["/send"]


@pytest.mark.parametrize(
    ("status", "final"),
    [(400, True), (422, True), (401, False), (404, False), (429, False), (500, False), (503, False)],
)
def test_what_is_wrong_with_the_message_is_final_and_what_is_wrong_with_us_is_not(gateway, webhook, status, final):
    gateway.status = status

    with pytest.raises(SmsFailed, match=f"HTTP{status}") as failed:
        webhook.send("login_code", CODE, PHONE)
    assert isinstance(failed.value, SmsRefused) == final


def test_a_gateway_that_hangs_is_not_waited_for(gateway, webhook, monkeypatch):
    let_go = threading.Event()
    gateway.delay = lambda: let_go.wait(5)
    monkeypatch.setattr("portal.notifications.sms.webhook.TIMEOUT", 0.2)

    with pytest.raises(SmsFailed, match="TimeoutError"):
        webhook.send("login_code", CODE, PHONE)
    let_go.set()


def test_nobody_waits_longer_than_five_seconds_for_sms():
    assert TIMEOUT <= 5


def test_a_gateway_that_is_down_is_a_failure_without_number_or_address(gateway, webhook):
    gateway.close()

    with pytest.raises(SmsFailed) as failed:
        webhook.send("login_code", CODE, PHONE)
    assert str(failed.value) == "URLError"
