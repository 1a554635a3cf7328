"""The demo's outbox: what would have left the house, readable in the browser."""

import json
import re

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.urls import reverse

from portal.notifications.outbox.reading import Kept, is_to, read
from tests.factories.accounts import UserFactory
from tests.factories.notifications import tell

PHONE = "+8613800138000"


@pytest.fixture(autouse=True)
def demo_mail(settings):
    settings.EMAIL_BACKEND = "portal.notifications.outbox.mail.OutboxBackend"


def post(to="resident@example.com", subject="您好", body="正文"):
    EmailMessage(subject, body, to=[to]).send()


def text(outbox, phone=PHONE, words="登录验证码 123456，10 分钟内有效。"):
    outbox.keep("json", json.dumps({"phone": phone, "text": words}).encode())


def page(client, **query):
    response = client.get(reverse("outbox"), query)
    assert response.status_code == 200
    return response


def shown(response):
    return [message.to for message in response.context["messages_kept"]]


def test_mails_are_kept_as_they_would_have_been_sent(outbox):
    EmailMultiAlternatives("议事：验证码", "您的验证码是 654321。", to=["resident@example.com"]).send()

    [path] = outbox.newest_first()
    kept = read(path)
    assert path.suffix == ".eml"
    assert (kept.channel, kept.to, kept.subject) == ("email", "resident@example.com", "议事：验证码")
    assert kept.text == "您的验证码是 654321。"


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("您的验证码是123456，10 分钟内有效", ["123456"]),
        ("查询码：7K2M9Q-0ABCDE-FGHJKM。", ["7K2M9Q-0ABCDE-FGHJKM"]),
        ("问题 Q261123-7K2M9Q 已受理，电话 13800138000", []),
        ("123456 还是 123456，或者 234567", ["123456", "234567"]),
    ],
)
def test_codes_are_found_and_other_numbers_are_not(words, codes):
    assert Kept("sms", PHONE, "", words, None).codes == codes


@pytest.mark.parametrize("typed", ["138 0013 8000", "138-0013-8000", "13800138000", "+86 138"])
def test_a_number_is_found_however_it_is_spaced(typed):
    assert is_to(Kept("sms", PHONE, "", "", None), typed)
    assert not is_to(Kept("sms", "+8613900139000", "", "", None), "138")


def test_a_message_is_for_its_owner_only_and_emptying_takes_all(outbox):
    post()
    text(outbox)

    assert [path.stat().st_mode & 0o777 for path in outbox.newest_first()] == [0o600, 0o600]
    assert outbox.clear() == 2
    assert outbox.newest_first() == []


@pytest.mark.django_db
def test_the_page_shows_the_newest_first_with_codes_and_links(client, outbox):
    post(body="看这里：\nhttp://localhost:8000/invitations/abc/")
    text(outbox)

    response = page(client)

    assert shown(response) == [PHONE, "resident@example.com"]
    html = response.content.decode()
    assert "<code>123456</code>" in html
    assert 'href="http://localhost:8000/invitations/abc/"' in html
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_what_stands_in_a_message_is_text(client):
    post(subject="<script>alert(1)</script>", body="<b>粗</b>")

    html = page(client).content.decode()

    assert "<script>alert" not in html
    assert "&lt;b&gt;粗&lt;/b&gt;" in html


@pytest.mark.django_db
def test_it_is_searched_by_address_and_by_channel(client, outbox):
    post("one@example.com")
    post("two@example.com")
    text(outbox)

    assert shown(page(client, q="TWO@")) == ["two@example.com"]
    assert shown(page(client, q="138 0013 8000")) == [PHONE]
    assert shown(page(client, channel="email")) == ["two@example.com", "one@example.com"]
    assert shown(page(client, channel="sms", q="one@")) == []
    assert "没有符合条件的邮件或短信" in page(client, q="three@").content.decode()


@pytest.mark.django_db
def test_it_comes_in_pages(client):
    for number in range(25):
        post(f"resident{number}@example.com")

    assert len(shown(page(client))) == 20
    assert shown(page(client, page=2))[-1] == "resident0@example.com"


@pytest.mark.django_db
def test_an_empty_outbox_says_what_to_do(client):
    assert "发件箱是空的" in page(client).content.decode()


@pytest.mark.django_db
def test_outside_the_demo_it_does_not_exist(client, settings):
    settings.DEMO = settings.CLOCK_MAY_BE_MOVED = False

    assert client.get(reverse("outbox")).status_code == 404


@pytest.mark.django_db
def test_codes_of_the_sign_in_go_the_same_way(client, outbox):
    user = UserFactory()

    client.post(reverse("account_request_login_code"), {"contact": user.email})

    [kept] = map(read, outbox.newest_first())
    assert kept.to == user.email
    assert re.fullmatch(r"\d{6}", kept.codes[0])


@pytest.mark.django_db
def test_what_still_waits_for_its_hour_is_said(client, clock, settings):
    settings.NOTICES_QUIET_HOURS = "09:00-11:00"
    tell(UserFactory())

    html = page(client).content.decode()

    assert "另有 1 条按收件人的设置（免打扰、汇总）晚些发出" in html
    assert "2026-03-02 11:00" in html
