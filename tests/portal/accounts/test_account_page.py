"""My account."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import Role, User
from tests.factories.accounts import PASSWORD, AppointmentFactory, OfficeFactory, UserFactory

pytestmark = pytest.mark.django_db

ACCOUNT = "/account/"


def test_it_asks_to_sign_in_first(client):
    assert client.get(ACCOUNT).url == "/accounts/login/?next=/account/"


def test_it_shows_contacts_and_saves_what_one_is_called(client):
    user = UserFactory(email="li.na@example.com", phone="+8613800138000", phone_verified=True)
    client.force_login(user)

    page = client.get(ACCOUNT).content.decode()
    assert "li.na@example.com" in page
    assert "138 0013 8000" in page

    client.post(ACCOUNT, {"name": "甬江边的人", "residency": "permit", "email": "x@example.com", "phone_verified": ""})
    after = User.objects.get()
    assert (after.name, after.residency, after.email) == ("甬江边的人", "permit", "li.na@example.com")


@pytest.mark.parametrize("data", [{"name": "长" * 41, "residency": "permit"}, {"name": "x", "residency": "martian"}])
def test_nonsense_is_refused(client, data):
    client.force_login(UserFactory(name="李娜"))

    assert client.post(ACCOUNT, data).status_code == 200
    assert User.objects.get().name == "李娜"


def test_staff_see_their_posts(client):
    user = UserFactory()
    AppointmentFactory(user=user, office=OfficeFactory(name="区教育局"))
    AppointmentFactory(stand_in=user, office=OfficeFactory(name="区卫健局"), role=Role.LEADER)
    AppointmentFactory(user=user, office=OfficeFactory(name="区档案局"), ended=True)
    client.force_login(user)

    page = client.get(ACCOUNT).content.decode()

    assert "区教育局" in page
    assert "区卫健局" in page
    assert "（代班）" in page
    assert "区档案局" not in page


def test_one_and_three_posts_cost_the_same(client, django_assert_num_queries):
    user = AppointmentFactory().user
    client.force_login(user)
    client.get(ACCOUNT)
    with CaptureQueriesContext(connection) as one:
        client.get(ACCOUNT)

    AppointmentFactory.create_batch(2, user=user)

    with django_assert_num_queries(len(one)):
        client.get(ACCOUNT)


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    "path",
    ["login/", "login/code/", "signup/", "password/reset/", "password/set/", "inactive/", "password/reset/done/"],
)
def test_pages_for_visitors_and_people_without_password(client, prefix, path):
    if path == "password/set/":
        client.force_login(UserFactory(password=None))

    assert client.get(f"{prefix}/accounts/{path}", follow=True).status_code == 200


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    "path",
    [
        "email/",
        "phone/change/",
        "password/change/",
        "reauthenticate/",
        "logout/",
        "2fa/",
        "2fa/totp/deactivate/",
        "2fa/recovery-codes/",
        "2fa/recovery-codes/generate/",
        "2fa/reauthenticate/",
    ],
)
def test_pages_for_people_with_a_second_factor(client, prefix, path):
    user = UserFactory()
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    client.force_login(user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    assert client.get(f"{prefix}/accounts/{path}").status_code == 200


def test_the_security_log_names_ids_only(client, caplog):
    user = UserFactory(email="li.na@example.com")
    with caplog.at_level("INFO", logger="portal.accounts.security"):
        client.post("/accounts/login/", {"login": "li.na@example.com", "password": "wrong-wrong-wrong"})
        client.post("/accounts/login/", {"login": "li.na@example.com", "password": PASSWORD})

    records = [record for record in caplog.records if record.name == "portal.accounts.security"]
    assert [(record.getMessage(), record.user) for record in records] == [
        ("sign_in_failed", ""),
        ("signed_in", str(user.pk)),
    ]
    assert not any("li.na" in str(vars(record)) for record in records)
