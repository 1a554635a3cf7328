"""A submission needs the database and nothing else: here Redis, mail and SMS are down."""

import socket
import time

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse

from portal.accounts.models import User
from portal.answers.models import Question
from portal.answers.states import State
from portal.journal.realtime import real_now
from portal.kernel import sms
from portal.live import wakeup
from portal.notifications.addresses import person
from portal.notifications.models import Notice
from tests.factories.answers import make_district
from tests.factories.asking import Walker
from tests.fakes.sms import FakeSms

pytestmark = pytest.mark.django_db


class DownBackend(BaseEmailBackend):
    """A mail server that nobody answers for."""

    def send_messages(self, messages):
        raise ConnectionRefusedError


@pytest.fixture
def dead_port():
    """A port on which nobody listens, and nobody will while the test runs."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@pytest.fixture(autouse=True)
def everything_around_is_down(settings, monkeypatch, dead_port, tmp_path, clock):
    settings.REDIS_URL = f"redis://127.0.0.1:{dead_port}/0"
    settings.EMAIL_BACKEND = f"{__name__}.DownBackend"
    settings.PRIVATE_ROOT = tmp_path
    settings.ANSWERS_PROOF_BITS = 6
    monkeypatch.setattr(wakeup, "_quiet_until", 0.0)
    carrier = FakeSms()
    carrier.is_down = True
    monkeypatch.setattr(sms, "_installed", carrier)


@pytest.fixture
def district(db):
    return make_district()


@pytest.fixture
def as_(client, district):
    def sign_in(name):
        client.force_login(User.objects.get(pk=getattr(district, name).id))
        return client

    return sign_in


def step(client, question, name, **fields):
    seen = Question.objects.get(pk=question.pk).version
    typed = {f"{name}-{key}": value for key, value in fields.items()}
    answer = client.post(reverse("answers_desk:step", args=[question.pk, name]), {f"{name}-seen": seen} | typed)
    assert answer.status_code == 302, answer.content.decode()
    question.refresh_from_db()
    return question


def asked_by_resident(client, district):
    answer = Walker(client, district).start().fill().submit()
    assert answer.status_code == 302
    return Question.objects.latest("submitted_at"), client.get(answer.url)


def test_asking_accepting_and_answering_need_the_database_only(as_, district, background, settings):
    question, receipt = asked_by_resident(as_("resident"), district)
    assert receipt.status_code == 200
    assert question.number in receipt.content.decode()

    step(as_("dispatcher"), question, "dispatch", office_id=district.schools.pk, public_title=question.title)
    step(as_("spokesperson"), question, "accept")
    step(as_("officer"), question, "save_draft", text="您好，请携带居住证和户口簿。")
    step(as_("officer"), question, "submit_for_review")
    step(as_("spokesperson"), question, "release")
    background()

    assert question.state == State.ANSWERED
    letters = Notice.objects.filter(recipient=person(district.resident.id), channel="email")
    assert {letter.status for letter in letters} == {"queued"}
    assert mail.outbox == []

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    letters.update(due_at=real_now())
    background()
    assert {letter.status for letter in letters.all()} == {"sent"}
    address = User.objects.get(pk=district.resident.id).email
    assert [message.to for message in mail.outbox].count([address]) == len(letters)


def test_a_receipt_says_that_messages_are_late(as_, district, background):
    asked_by_resident(as_("resident"), district)
    background()  # tried in vain

    _question, receipt = asked_by_resident(as_("resident"), district)
    assert "邮件和短信现在发得慢" in receipt.content.decode()


@pytest.mark.parametrize("contact", ["13800138000", "resident@example.com"])
def test_without_an_account_the_page_says_what_is_down_and_lets_one_go_on(client, district, contact):
    walker = Walker(client, district).start().fill()
    walker.send("contact", nickname="陈女士", contact=contact)

    page = walker.see("code").content.decode()
    assert "验证码没有发出去" in page
    assert "不验证就继续" in page

    assert walker.submit().status_code == 302
    assert Question.objects.get().state == State.SUBMITTED


def test_a_redis_that_is_away_costs_a_visitor_nothing(as_, district):
    asked_by_resident(as_("resident"), district)

    assert wakeup._quiet_until > time.monotonic(), "it is left alone for a while after the first try"
