"""Signing up and in, by address and by number; what strangers can learn from it."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.core import mail

from portal.accounts import ticks
from portal.accounts.models import User
from portal.accounts.phones import display
from portal.kernel.clock import FixedClock
from tests.factories.accounts import PASSWORD, UserFactory
from tests.fakes.sms import Sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("carrier")]

MOBILE = "+8613800138000"
LOGIN, SIGN_UP, LOGOUT = "/accounts/login/", "/accounts/signup/", "/accounts/logout/"
BY_CODE, CONFIRM_CODE = "/accounts/login/code/", "/accounts/login/code/confirm/"
CONFIRM_PHONE, CONFIRM_EMAIL = "/accounts/phone/verify/", "/accounts/confirm-email/"
SET_PASSWORD, ACCOUNT = "/accounts/password/set/", "/account/"


def signed_in(client):
    return client.session.get("_auth_user_id")


def mailed_code():
    return re.search(r"^\d{6}$", mail.outbox[-1].body, re.MULTILINE).group()


# --- In and up --------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["13800138000", "138 0013 8000", "+86 138-0013-8000"])
def test_one_signs_up_with_a_number_and_a_code(client, carrier, typed):
    assert client.post(SIGN_UP, {"contact": typed}).url == CONFIRM_PHONE
    assert carrier.sent == [Sent("verify_phone", {"code": carrier.last_code, "minutes": "10"}, MOBILE)]
    assert not signed_in(client)

    client.post(CONFIRM_PHONE, {"code": carrier.last_code})

    user = User.objects.get()
    assert signed_in(client) == str(user.pk)
    assert (user.phone, user.phone_verified, user.email) == (MOBILE, True, None)
    assert not user.has_usable_password()


def test_one_signs_up_with_an_address_and_a_code(client):
    assert client.post(SIGN_UP, {"contact": "Li.Na@Example.com"}).url == CONFIRM_EMAIL

    client.post(CONFIRM_EMAIL, {"code": mailed_code()})

    user = User.objects.get()
    assert signed_in(client) == str(user.pk)
    assert (user.email, user.phone) == ("li.na@example.com", "")
    assert EmailAddress.objects.get().verified


def test_a_number_signs_in_by_code(client, carrier):
    user = UserFactory(phone_only=True, phone=MOBILE)

    client.post(BY_CODE, {"contact": "138 0013 8000"})
    assert [message.template for message in carrier.sent] == ["login_code"]
    client.post(CONFIRM_CODE, {"code": carrier.last_code})

    assert signed_in(client) == str(user.pk)


def test_an_address_signs_in_by_code(client):
    user = UserFactory(email="li.na@example.com")

    client.post(BY_CODE, {"contact": "li.na@example.com"})
    assert mail.outbox[0].subject.startswith("【议事】")
    assert "testserver" not in mail.outbox[0].body
    client.post(CONFIRM_CODE, {"code": mailed_code()})

    assert signed_in(client) == str(user.pk)


@pytest.mark.parametrize("login", ["li.na@example.com", "LI.NA@example.com", "138 0013 8000", MOBILE])
def test_either_signs_in_with_the_password(client, login):
    user = UserFactory(email="li.na@example.com", phone=MOBILE, phone_verified=True)

    client.post(LOGIN, {"login": login, "password": PASSWORD})

    assert signed_in(client) == str(user.pk)


def test_the_session_is_rotated_at_sign_in(client):
    UserFactory(email="li.na@example.com")
    client.get(LOGIN)
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key

    client.post(LOGIN, {"login": "li.na@example.com", "password": PASSWORD})

    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_a_deactivated_person_is_out_at_once(client):
    user = UserFactory()
    client.force_login(user)
    assert client.get(ACCOUNT).status_code == 200

    User.objects.update(is_active=False)

    assert client.get(ACCOUNT).status_code == 302


@pytest.mark.parametrize("typed", ["", "12345", "nobody", "li.na@", "0574-87654321"])
def test_what_is_no_contact_is_refused_with_advice(client, typed):
    for address, field in ((SIGN_UP, "contact"), (BY_CODE, "contact"), (LOGIN, "login")):
        response = client.post(address, {field: typed, "password": PASSWORD})
        assert "手机号" in response.context["form"].errors[field][0]


def test_a_carrier_that_does_not_answer_breaks_nothing(client, carrier):
    carrier.is_down = True
    UserFactory(phone_only=True, phone=MOBILE)

    response = client.post(BY_CODE, {"contact": MOBILE}, follow=True)

    assert "短信暂时发不出去" in response.content.decode()


# --- The password -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "is_good"),
    [
        ("short-1A!", False),
        ("qwertyuiop123", False),  # long, but in every list
        ("wang.fang@example.com", False),
        ("a sentence without any digit", True),
        ("一句没有数字的话也可以做密码", True),
    ],
)
def test_a_password_is_long_and_not_common_and_that_is_all(client, password, is_good):
    user = UserFactory(email="wang.fang@example.com", password=None)
    client.force_login(user)

    client.post(SET_PASSWORD, {"password1": password, "password2": password})

    user.refresh_from_db()
    assert user.has_usable_password() is is_good


# --- What strangers can learn ------------------------------------------------------------------------


def page_of(response, contact):
    """Return all a stranger sees, without what differs on every page and without what was typed."""
    body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    shown = display(contact) if contact.startswith("+") else contact
    return response.status_code, body.replace(contact, "…").replace(shown, "…")


@pytest.mark.parametrize("address", [BY_CODE, SIGN_UP])
@pytest.mark.parametrize(
    ("known", "unknown"),
    [(MOBILE, "+8613800138001"), ("li.na@example.com", "no.one@example.com")],
)
def test_known_and_unknown_get_the_same_answer(client, address, known, unknown):
    UserFactory(email="li.na@example.com", phone=MOBILE, phone_verified=True)

    answers = []
    for contact in (known, unknown):
        client.cookies.clear()
        sent = client.post(address, {"contact": contact})
        shown = client.get(sent.url)
        wrong = client.post(sent.url, {"code": "000000"})
        answers.append((sent.status_code, sent.url, page_of(shown, contact), page_of(wrong, contact)))

    assert answers[0] == answers[1]


def test_an_unknown_number_is_told_so_on_the_phone_only(client, carrier):
    client.post(BY_CODE, {"contact": MOBILE})
    assert carrier.sent == [Sent("unknown_account", {}, MOBILE)]

    UserFactory(phone_only=True, phone="+8613800138001")
    client.cookies.clear()
    client.post(SIGN_UP, {"contact": "+8613800138001"})
    assert carrier.sent[1:] == [Sent("account_exists", {}, "+8613800138001")]


def test_a_wrong_password_and_an_unknown_account_sound_and_cost_the_same(client, monkeypatch):
    UserFactory(email="li.na@example.com", phone=MOBILE, phone_verified=True)
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: hashed.append(1) or encode(*args))

    said, cost = set(), []
    for login in ("li.na@example.com", "no.one@example.com", MOBILE, "+8613800138001"):
        hashed.clear()
        response = client.post(LOGIN, {"login": login, "password": "wrong-wrong-wrong"})
        said.add((response.status_code, tuple(response.context["form"].non_field_errors())))
        cost.append(len(hashed))

    assert len(said) == 1
    assert set(cost) == {1}


def test_an_account_of_a_stranger_cannot_be_prepared_with_a_password(client, carrier):
    client.post(SIGN_UP, {"contact": MOBILE, "password1": PASSWORD, "name": "x", "is_superuser": "on"})

    user = User.objects.get()
    assert not user.has_usable_password()
    assert (user.is_superuser, user.phone_verified, user.name) == (False, False, "")


def test_numbers_nobody_confirmed_are_free_again_the_next_day(client):
    client.post(SIGN_UP, {"contact": MOBILE})
    joined = User.objects.get().date_joined
    kept = UserFactory(date_joined=joined)

    assert ticks.purge_unverified(FixedClock(joined + ticks.UNVERIFIED_FOR)) == 0
    assert ticks.purge_unverified(FixedClock(joined.replace(year=2100))) == 1
    assert list(User.objects.all()) == [kept]


def test_neither_number_nor_code_can_be_read_in_the_database(client, carrier):
    client.post(SIGN_UP, {"contact": MOBILE})

    user = User.objects.get()
    stored = Session.objects.get().session_data
    assert "13800138000" not in stored + user.phone_sealed + user.phone_index
    assert client.session["account_login"]["state"]["stages"]["verify_phone"]["data"]["phone"] == MOBILE


# --- Limits -------------------------------------------------------------------------------------------


def test_failed_passwords_are_counted_per_account_whatever_the_header_says(client):
    UserFactory(email="li.na@example.com")
    other = UserFactory(phone_only=True, phone=MOBILE)

    def attempt(number, login, password):
        return client.post(LOGIN, {"login": login, "password": password}, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")

    answers = [attempt(n, "li.na@example.com", "wrong-wrong-wrong").context["form"].errors for n in range(6)]
    assert answers[4] != answers[5]
    attempt(7, "li.na@example.com", PASSWORD)
    assert not signed_in(client)

    attempt(8, MOBILE, PASSWORD)
    assert signed_in(client) == str(other.pk)


def test_failed_passwords_for_different_numbers_are_counted_apart(client):
    user = UserFactory(phone_only=True, phone=MOBILE, password=PASSWORD)
    for last in range(1, 7):
        client.post(LOGIN, {"login": f"1380013800{last}", "password": "wrong-wrong-wrong"})

    client.post(LOGIN, {"login": MOBILE, "password": PASSWORD})

    assert signed_in(client) == str(user.pk)


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED"])
def test_the_limit_of_an_address_cannot_be_dodged_by_a_header(client, settings, header):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "3/m/ip"}

    statuses = [
        client.post(LOGIN, {"login": f"x{n}@example.com", "password": "x"}, **{header: f"198.51.100.{n}"}).status_code
        for n in range(5)
    ]

    assert statuses == [200, 200, 200, 429, 429]


def test_codes_are_not_sent_to_one_number_without_end(client, carrier):
    for _ in range(3):
        client.post(BY_CODE, {"contact": MOBILE}, HTTP_X_FORWARDED_FOR="198.51.100.7")

    assert len(carrier.sent) == 1


def test_sign_up_does_not_send_messages_without_end(client, carrier):
    answers = []
    for _ in range(3):
        client.cookies.clear()
        answers.append(client.post(SIGN_UP, {"contact": MOBILE}))

    assert len(carrier.sent) == 1
    assert [answer.status_code for answer in answers] == [302, 429, 429]
    assert int(answers[1]["Retry-After"]) > 0


def test_a_code_can_be_guessed_three_times(client, carrier):
    UserFactory(phone_only=True, phone=MOBILE)
    client.post(BY_CODE, {"contact": MOBILE})
    session = dict(client.session)
    for _ in range(3):
        # Parallel requests have all read the session before one of them has counted in it.
        stale = client.session
        stale.update(session)
        stale.save()
        client.post(CONFIRM_CODE, {"code": "000000"})
    stale = client.session
    stale.update(session)
    stale.save()

    client.post(CONFIRM_CODE, {"code": carrier.last_code})

    assert not signed_in(client)


def test_a_code_works_once(client, carrier):
    UserFactory(phone_only=True, phone=MOBILE)
    client.post(BY_CODE, {"contact": MOBILE})
    code = carrier.last_code
    client.post(CONFIRM_CODE, {"code": code})
    client.post(LOGOUT)

    client.post(CONFIRM_CODE, {"code": code})

    assert not signed_in(client)
