"""What staff must have before they may work, and who gets into the back office at all."""

import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings as django_settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.accounts import sessions
from portal.accounts.models import Role, User
from tests.factories.accounts import PASSWORD, AppointmentFactory, OfficeFactory, UserFactory, holder

pytestmark = pytest.mark.django_db

ADMIN, ACCOUNT, LOGIN, LOGOUT = "/admin/", "/account/", "/accounts/login/", "/accounts/logout/"
SET_UP, MFA, AUTHENTICATE = "/accounts/2fa/totp/activate/", "/accounts/2fa/", "/accounts/2fa/authenticate/"
CONFIRM = "/accounts/reauthenticate/"


def code_for(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))  # noqa: TID251 — a phone's own clock


@pytest.fixture
def spokesperson():
    return holder(Role.SPOKESPERSON, OfficeFactory())


@pytest.fixture
def mfa_required(settings):
    settings.STAFF_MFA_REQUIRED = True


@pytest.fixture
def secret(spokesperson):
    """The spokesperson has set up an authenticator app."""
    secret = generate_totp_secret()
    TOTP.activate(spokesperson, secret)
    RecoveryCodes.activate(spokesperson)
    return secret


# --- Who gets in --------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", list(Role))
def test_every_role_enters_the_back_office(client, role):
    client.force_login(holder(role, OfficeFactory()))

    assert client.get(ADMIN).status_code == 200


def test_a_stand_in_enters_for_as_long_as_he_stands_in(client):
    stand_in = UserFactory()
    appointment = AppointmentFactory(stand_in=stand_in)
    client.force_login(stand_in)
    assert client.get(ADMIN).status_code == 200

    appointment.stand_in = None
    appointment.save()

    assert client.get(ADMIN).url.startswith("/admin/login/")


def test_who_has_left_is_out(client):
    client.force_login(AppointmentFactory(ended=True).user)

    assert client.get(ADMIN, follow=True).status_code == 403


def test_residents_are_told_and_not_sent_round_in_circles(client):
    client.force_login(UserFactory())

    response = client.get(ADMIN, follow=True)

    assert response.status_code == 403
    assert len(response.redirect_chain) == 1


def test_visitors_are_sent_to_the_one_login_and_back(client, spokesperson):
    response = client.get("/admin/offices/", follow=True)
    assert response.redirect_chain[-1][0] == "/accounts/login/?next=/admin/offices/"

    client.post(LOGIN + "?next=/admin/preferences/", {"login": spokesperson.email, "password": PASSWORD})
    assert client.get("/admin/preferences/").status_code == 200


def test_staff_land_on_their_work_and_residents_on_the_home_page(client, spokesperson):
    assert client.post(LOGIN, {"login": spokesperson.email, "password": PASSWORD}).url == ADMIN
    client.logout()
    assert client.post(LOGIN, {"login": UserFactory().email, "password": PASSWORD}).url == "/"


def test_staff_are_led_to_their_work_from_every_page(client, spokesperson):
    way = '<a href="/admin/">工作台</a>'
    assert way not in client.get("/").content.decode()
    client.force_login(UserFactory())
    assert way not in client.get("/").content.decode()

    client.force_login(spokesperson)
    assert way in client.get("/").content.decode()


def test_the_back_offices_menu_leads_to_the_one_account(client, spokesperson):
    client.force_login(spokesperson)
    assert client.get("/admin/account/").url == ACCOUNT

    account = client.get(ACCOUNT).content.decode()
    assert all(
        f'href="{path}"' in account for path in (MFA, "/account/devices/", "/account/notices/", "/admin/preferences/")
    )
    client.force_login(UserFactory())
    assert "/admin/preferences/" not in client.get(ACCOUNT).content.decode()


@pytest.mark.parametrize("aim", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_door_leads_to_nobody_elses_house(client, spokesperson, aim):
    assert client.get("/admin/login/", {"next": aim}).url == "/accounts/login/?next=/admin/"

    client.force_login(spokesperson)
    assert client.get("/admin/login/", {"next": aim}).url == ADMIN


def test_wagtails_own_login_takes_no_password(client, spokesperson):
    client.post("/admin/login/", {"username": spokesperson.email, "password": PASSWORD})

    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", ["/admin/password_reset/", "/django-admin/", "/admin/password_reset/confirm/x/y/"])
def test_there_is_no_second_way_in(client, path):
    assert client.get(path).status_code == 404


def test_leaving_the_back_office_is_leaving_the_house(client, spokesperson):
    client.force_login(spokesperson)

    client.get("/admin/logout/")
    assert "_auth_user_id" in client.session  # looking changes nothing

    client.post("/admin/logout/")
    assert "_auth_user_id" not in client.session


# --- Who may change people ----------------------------------------------------------------------------

PEOPLE = ("/admin/users/", "/admin/groups/")


@pytest.mark.parametrize("role", list(Role))
def test_nobody_but_administrators_sees_users_and_groups(client, role):
    client.force_login(holder(role, OfficeFactory()))
    home = client.get(ADMIN).content.decode()

    for path in PEOPLE:
        assert path not in home
        assert client.get(path).status_code == 302
        assert client.post(path + "new/", {}).status_code in {302, 404}


def test_administrators_see_them(client):
    administrator = UserFactory(administrator=True)
    client.force_login(administrator)

    for path in PEOPLE:
        assert client.get(path).status_code == 200
    assert client.get(f"/admin/users/edit/{administrator.pk}/").status_code == 200


def test_no_staff_member_makes_himself_administrator(client, spokesperson):
    client.force_login(spokesperson)

    client.post(f"/admin/users/edit/{spokesperson.pk}/", {"is_superuser": "on", "email": "a@example.com"})
    client.post("/admin/preferences/", {"name_email-email": "stolen@example.com", "is_superuser": "on"})
    client.post(ACCOUNT, {"name": "x", "residency": "unstated", "is_superuser": "on", "email": "a@example.com"})

    after = User.objects.get(pk=spokesperson.pk)
    assert (after.is_superuser, after.email) == (False, spokesperson.email)


# --- Second factor --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [ADMIN, "/admin/offices/", ACCOUNT, "/en/account/"])
def test_staff_without_a_second_factor_are_sent_to_set_it_up(client, spokesperson, mfa_required, path):
    client.force_login(spokesperson)

    response = client.get(path)

    assert response.status_code == 302
    assert response.url.endswith(MFA)


def test_administrators_too(client, mfa_required):
    client.force_login(UserFactory(administrator=True))

    assert client.get(ADMIN).url == MFA


def test_they_can_set_it_up_and_leave_meanwhile(client, spokesperson, mfa_required):
    client.force_login(spokesperson)

    assert client.get(MFA).status_code == 200
    assert client.get(SET_UP).url.startswith(CONFIRM)  # first the password
    assert client.get(CONFIRM).status_code == 200
    client.post(LOGOUT)
    assert "_auth_user_id" not in client.session


def test_the_way_through_set_up(client, spokesperson, mfa_required):
    client.post(LOGIN, {"login": spokesperson.email, "password": PASSWORD})
    client.post(CONFIRM + f"?next={SET_UP}", {"password": PASSWORD})
    page = client.get(SET_UP)
    assert page.status_code == 200

    client.post(SET_UP, {"code": code_for(client.session["mfa.totp.secret"])})

    assert client.get(ADMIN).status_code == 200
    assert Authenticator.objects.filter(user=spokesperson).count() == 2  # with recovery codes


def test_from_then_on_the_password_is_not_enough(client, spokesperson, secret, mfa_required):
    assert client.post(LOGIN, {"login": spokesperson.email, "password": PASSWORD}).url == AUTHENTICATE
    assert client.get(ADMIN).status_code == 302
    assert "_auth_user_id" not in client.session

    client.post(AUTHENTICATE, {"code": code_for(secret)})
    assert client.get(ADMIN).status_code == 200


def test_nor_is_a_code_by_mail(client, spokesperson, secret, mailoutbox):
    client.post("/accounts/login/code/", {"contact": spokesperson.email})
    code = next(word for word in mailoutbox[0].body.split() if word.isdigit() and len(word) == 6)

    assert client.post("/accounts/login/code/confirm/", {"code": code}).url == AUTHENTICATE
    assert "_auth_user_id" not in client.session


def test_the_secret_is_sealed(secret, spokesperson):
    stored = Authenticator.objects.get(user=spokesperson, type="totp").data

    assert secret not in str(stored)


def test_staff_do_not_drop_their_second_factor_but_residents_may(client, spokesperson, secret, mfa_required):
    totp = Authenticator.objects.get(user=spokesperson, type="totp")
    resident = UserFactory()
    theirs = TOTP.activate(resident, generate_totp_secret()).instance

    for user in (spokesperson, resident):
        client.force_login(user)
        client.post(CONFIRM, {"password": PASSWORD})
        client.post("/accounts/2fa/totp/deactivate/")

    assert Authenticator.objects.filter(pk=totp.pk).exists()
    assert not Authenticator.objects.filter(pk=theirs.pk).exists()


def test_residents_need_none(client, mfa_required):
    client.force_login(UserFactory())

    assert client.get(ACCOUNT).status_code == 200


def test_the_demo_asks_for_none(client, spokesperson, settings):
    settings.STAFF_MFA_REQUIRED = False
    client.force_login(spokesperson)

    assert client.get(ADMIN).status_code == 200


def test_it_is_required_unless_a_run_mode_says_otherwise():
    from portal.config.settings import base, demo

    assert base.STAFF_MFA_REQUIRED
    assert not demo.STAFF_MFA_REQUIRED


# --- The session ----------------------------------------------------------------------------------------


@pytest.fixture
def later(monkeypatch):
    """Let the machine's clock go on."""
    passed = timedelta()
    real = sessions._now

    def wait(**by):
        nonlocal passed
        passed += timedelta(**by)

    monkeypatch.setattr(sessions, "_now", lambda: real() + int(passed.total_seconds()))
    return wait


@pytest.fixture
def at_work(client, spokesperson):
    client.post(LOGIN, {"login": spokesperson.email, "password": PASSWORD})
    assert client.get(ADMIN).status_code == 200
    return client


def test_who_was_idle_confirms_who_it_is(at_work, later):
    later(minutes=29)
    assert at_work.get(ADMIN).status_code == 200

    later(minutes=30)
    response = at_work.get(ADMIN)
    assert response.url.startswith(CONFIRM)

    assert at_work.post(response.url, {"password": "wrong-wrong-wrong"}).status_code == 200
    assert at_work.get(ADMIN).status_code == 302
    assert at_work.post(response.url, {"password": PASSWORD}).url == ADMIN
    assert at_work.get(ADMIN).status_code == 200


def test_what_was_sent_meanwhile_is_not_lost(at_work, later, spokesperson):
    later(minutes=45)

    response = at_work.post(ACCOUNT, {"name": "王发言", "residency": "unstated"})
    spokesperson.refresh_from_db()
    assert spokesperson.name != "王发言"

    at_work.post(response.url, {"password": PASSWORD})
    spokesperson.refresh_from_db()
    assert spokesperson.name == "王发言"


def test_a_page_that_refreshes_itself_is_nobody(at_work, later):
    for _ in range(4):
        later(minutes=10)
        response = at_work.get(ADMIN, headers={"Sec-Fetch-Mode": "cors"})

    assert response.status_code == 403


def test_after_twelve_hours_one_signs_in_again(at_work, later):
    for _ in range(28):
        later(minutes=25)
        assert at_work.get(ADMIN).status_code == 200

    later(minutes=25)
    assert at_work.get(ADMIN).url == "/accounts/login/?next=/admin/"
    assert "_auth_user_id" not in at_work.session


def test_leaving_needs_no_confirmation(at_work, later):
    later(minutes=45)

    at_work.post("/admin/logout/")

    assert "_auth_user_id" not in at_work.session


def test_residents_are_not_bothered(client, later):
    resident = UserFactory()
    client.post(LOGIN, {"login": resident.email, "password": PASSWORD})

    later(days=3)

    assert client.get(ACCOUNT).status_code == 200


def test_a_visitor_without_session_costs_nothing(client):
    with CaptureQueriesContext(connection) as queries:
        response = client.get(LOGIN)

    assert [query for query in queries if "session" in query["sql"] or "appointment" in query["sql"]] == []
    assert response.status_code == 200


def test_cookies_are_out_of_reach_of_scripts():
    assert django_settings.SESSION_COOKIE_HTTPONLY
    assert django_settings.SESSION_COOKIE_SAMESITE == "Lax"
