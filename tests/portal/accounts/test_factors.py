"""Second factors: added, named, taken away; somebody who needs one keeps one."""

import re
import threading
from pathlib import Path

import allauth
import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from portal.accounts.forms.passkeys import FAULTS
from portal.accounts.mfa import MfaAdapter
from portal.accounts.models import Role
from tests.factories.accounts import PASSWORD, OfficeFactory, UserFactory, holder

pytestmark = pytest.mark.django_db

CONFIRM, KEYS, ADD = "/accounts/reauthenticate/", "/accounts/2fa/webauthn/", "/accounts/2fa/webauthn/add/"
STOP_TOTP = "/accounts/2fa/totp/deactivate/"


class DownBackend(BaseEmailBackend):
    """A mail server that nobody answers for."""

    def send_messages(self, messages):
        raise ConnectionRefusedError


def make_key(user, name="钥匙"):
    data = {"name": name, "credential": {"clientExtensionResults": {"credProps": {"rk": True}}}}
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data)


def signed_in(user):
    client = Client()
    client.force_login(user)
    client.post(CONFIRM, {"password": PASSWORD})
    return client


def remove(key):
    return f"{KEYS}keys/{key.pk}/remove/"


@pytest.fixture
def spokesperson(settings):
    settings.STAFF_MFA_REQUIRED = True
    return holder(Role.SPOKESPERSON, OfficeFactory())


def factors(user):
    return sorted(Authenticator.objects.filter(user=user).exclude(type="recovery_codes").values_list("type", flat=True))


def test_of_two_passkeys_one_may_go_and_the_last_stays(spokesperson):
    first, last = make_key(spokesperson), make_key(spokesperson)
    client = signed_in(spokesperson)

    assert client.post(remove(first)).status_code == 302
    answer = client.post(remove(last))

    assert (answer.status_code, factors(spokesperson)) == (403, ["webauthn"])
    assert "岗位要求至少保留一个" in answer.content.decode()


def test_a_passkey_may_go_where_an_authenticator_app_stays_and_the_other_way_round(spokesperson):
    TOTP.activate(spokesperson, generate_totp_secret())
    key = make_key(spokesperson)
    client = signed_in(spokesperson)

    client.post(STOP_TOTP)
    assert factors(spokesperson) == ["webauthn"]
    TOTP.activate(spokesperson, generate_totp_secret())
    client.post(remove(key))
    assert factors(spokesperson) == ["totp"]
    client.post(STOP_TOTP)
    assert factors(spokesperson) == ["totp"]


def test_recovery_codes_are_no_factor(spokesperson):
    key = make_key(spokesperson)
    RecoveryCodes.activate(spokesperson)

    assert signed_in(spokesperson).post(remove(key)).status_code == 403


def test_residents_may_remove_their_last(settings):
    settings.STAFF_MFA_REQUIRED = True
    resident = UserFactory()
    key = make_key(resident)

    assert signed_in(resident).post(remove(key)).status_code == 302
    assert factors(resident) == []


@pytest.mark.parametrize("path", [ADD, "remove", "edit"])
def test_what_changes_passkeys_asks_who_it_is_first(client, path):
    user = UserFactory()
    key = make_key(user)
    client.force_login(user)
    address = path if path == ADD else f"{KEYS}keys/{key.pk}/{path}/"

    for response in (client.get(address), client.post(address, {"name": "x"})):
        assert response.url.startswith(CONFIRM)
    assert Authenticator.objects.get().data["name"] == "钥匙"


@pytest.mark.parametrize("path", ["remove", "edit"])
def test_somebody_elses_passkey_does_not_exist(path):
    key = make_key(UserFactory())

    assert signed_in(UserFactory()).get(f"{KEYS}keys/{key.pk}/{path}/").status_code == 404


def test_a_name_is_short_and_not_empty():
    user = UserFactory()
    key = make_key(user)
    client = signed_in(user)

    for name in ("", "长" * 41):
        assert "name" in client.post(f"{KEYS}keys/{key.pk}/edit/", {"name": name}).context["form"].errors
    client.post(f"{KEYS}keys/{key.pk}/edit/", {"name": "办公室电脑"})
    assert Authenticator.objects.get().data["name"] == "办公室电脑"


def test_one_and_three_passkeys_take_the_same_queries(django_assert_num_queries):
    user = UserFactory()
    make_key(user)
    client = signed_in(user)
    client.get(KEYS)
    with CaptureQueriesContext(connection) as one:
        client.get(KEYS)
    make_key(user)
    make_key(user)
    with django_assert_num_queries(len(one)):
        assert client.get(KEYS).content.decode().count("可直接登录") == 3


def test_a_mail_server_that_is_away_does_not_undo_the_change(settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.DownBackend"
    user = UserFactory()
    key = make_key(user)

    assert signed_in(user).post(remove(key)).status_code == 302
    assert factors(user) == []
    assert "mail_failed" in caplog.text
    assert user.email not in caplog.text


def test_word_of_it_is_sent(mailoutbox):
    user = UserFactory()
    key = make_key(user)

    signed_in(user).post(remove(key))

    assert mailoutbox[-1].to == [user.email]
    assert "移除了通行密钥" in mailoutbox[-1].subject


NOTIFICATIONS = [
    path.name.removesuffix("_message.txt")
    for app in ("account", "mfa")
    for path in sorted((Path(allauth.__file__).parent / "templates" / app / "email").glob("*_message.txt"))
    if "base_notification" in path.read_text()
]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", NOTIFICATIONS)
def test_word_of_a_change_tells_neither_address_nor_browser(rf, mailoutbox, name, language):
    user = UserFactory()
    app = "mfa" if name.startswith(("totp", "webauthn", "recovery")) else "account"
    request = rf.get("/", HTTP_USER_AGENT="Private-Browser/7", REMOTE_ADDR="203.0.113.9")
    changed = {"deleted_email": "old@example.com", "from_email": "old@example.com", "to_email": "new@example.com"}

    with context.request_context(request), translation.override(language):
        get_adapter(request).send_notification_mail(f"{app}/email/{name}", user, changed, email=user.email)

    [letter] = mailoutbox
    assert not any(word in letter.body for word in ("203.0.113.9", "Private-Browser", "IP"))
    if language == "zh-hans":
        assert re.findall(r"[A-Za-z]{2,}", re.sub(r"\S+@\S+", "", letter.subject + letter.body)) == []


def test_the_keys_belong_to_the_configured_host_whatever_name_a_request_uses(settings):
    settings.BASE_URL = "https://wen.example.gov.cn"

    assert MfaAdapter().get_public_key_credential_rp_entity() == {"id": "wen.example.gov.cn", "name": "议事"}


@pytest.mark.parametrize(
    "credential", ["", "x", "{}", '{"id": "x", "response": {}}', '{"response": {"userHandle": "eA"}}']
)
def test_what_is_no_passkey_is_refused_on_the_login_page(client, credential):
    client.get("/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"})

    response = client.post(
        "/accounts/2fa/webauthn/login/", {"credential": credential, "next": "/account/"}, follow=True
    )

    assert response.redirect_chain == [("/accounts/login/?next=%2Faccount%2F", 302)]
    assert "通行密钥没有通过验证" in response.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("fault", FAULTS)
def test_a_forged_signature_and_whatever_a_decoder_stumbles_over_is_no_crash(client, monkeypatch, fault):
    def stumble(response):
        raise fault()

    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.parse_authentication_response", stumble)

    assert client.post("/accounts/2fa/webauthn/login/", {"credential": "{}"}).url == "/accounts/login/"


@pytest.mark.parametrize("credential", ["x", "{}", '{"id": "x", "response": {}}'])
def test_a_faulty_passkey_stays_on_the_page_that_asked_for_it(monkeypatch, credential):
    user = UserFactory()
    make_key(user)
    # What is stored here was made by no device, so it cannot be offered to one.
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.get_credentials", lambda user: [])
    client = signed_in(user)

    confirmed = client.post(f"{KEYS}reauthenticate/?next=/account/", {"credential": credential})
    added = client.post(ADD, {"credential": credential, "name": "新"})
    client.post("/accounts/logout/")
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    second_step = client.post("/accounts/2fa/authenticate/", {"credential": credential})

    assert "通行密钥没有通过验证" in confirmed.content.decode()
    assert "通行密钥没有添加成功" in added.content.decode()
    assert second_step.status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ways", [("key", "key"), ("key", "totp")])
def test_two_factors_removed_at_the_same_time_leave_one(spokesperson, ways):
    first = make_key(spokesperson)
    if ways == ("key", "key"):
        acts = [remove(first), remove(make_key(spokesperson))]
    else:
        TOTP.activate(spokesperson, generate_totp_secret())
        acts = [remove(first), STOP_TOTP]
    clients = [signed_in(spokesperson) for _ in acts]
    together = threading.Barrier(len(acts))

    def act(client, address):
        together.wait()
        client.post(address)
        connections.close_all()

    threads = [threading.Thread(target=act, args=pair) for pair in zip(clients, acts, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(factors(spokesperson)) == 1
