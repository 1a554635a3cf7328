"""A mail server on the loopback, an empty outbox."""

import pytest
from django.utils import translation

from portal.journal.realtime import real_now
from portal.notifications import delivery
from portal.notifications.models import Notice
from portal.notifications.outbox.store import Store
from portal.notifications.sms.backends import OutboxBackend
from portal.notifications.sms.sender import Sender
from tests.portal.notifications.smtp import MailServer


@pytest.fixture(autouse=True)
def chinese():
    """The language that a process starts with: an English page leaves its own behind in the thread."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture(autouse=True)
def outbox(settings, tmp_path, monkeypatch) -> Store:
    """The outbox of this test alone, also for SMS of notices."""
    settings.OUTBOX_DIR = tmp_path / "outbox"
    store = Store(settings.OUTBOX_DIR)
    monkeypatch.setattr(delivery, "sender", lambda: Sender(OutboxBackend(store)))
    return store


@pytest.fixture
def mail_server(settings):
    """A mail server that takes everything, and the settings that lead to it."""
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    yield server
    server.close()


@pytest.fixture
def wait_is_over():
    """Call it when the back-off of everything queued shall be over, and every lease."""

    def over() -> None:
        Notice.objects.filter(status=Notice.Status.QUEUED).update(due_at=real_now(), leased_until=None)

    return over
