"""From the mail to the desk: the page behind an invitation's link."""

import pytest
from django.core import mail

from portal.accounts import actions
from portal.accounts.invitations import link_for, token_for
from portal.accounts.models import Appointment, Role
from tests.factories.accounts import (
    PASSWORD,
    InvitationFactory,
    OfficeFactory,
    UserFactory,
    actor,
    holder,
)

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"


@pytest.fixture
def invitation():
    return InvitationFactory(office=OfficeFactory(name="区教育局"), email="li.na@example.com")


@pytest.fixture
def page(invitation):
    return f"/invitations/{token_for(invitation.pk)}/"


def words(response):
    assert response.status_code == 200
    return response.content.decode()


def test_a_stranger_sees_who_invites_to_what_and_no_address(client, page):
    shown = words(client.get(page))

    assert "区教育局" in shown
    assert "网上发言人" in shown
    assert "li.na@" not in shown
    assert "l***@example.com" in shown


def test_the_invited_person_signs_up_without_another_code_and_accepts(client, page, invitation):
    sent_on = client.post(page)
    assert sent_on.url.startswith("/accounts/signup/?next=")
    assert 'value="li.na@example.com"' in words(client.get(sent_on.url))

    arrived = client.post(sent_on.url, {"contact": "li.na@example.com"}, follow=True)
    assert arrived.redirect_chain[-1][0] == page
    assert mail.outbox == []
    client.post(page)

    appointment = Appointment.objects.get()
    assert (appointment.user.email, appointment.role) == ("li.na@example.com", Role.SPOKESPERSON)
    assert client.get("/admin/").status_code == 200


def test_the_link_vouches_for_its_own_address_only(client, page):
    sent_on = client.post(page)

    client.post(sent_on.url, {"contact": "other@example.com"})

    assert "_auth_user_id" not in client.session
    assert mail.outbox[0].to == ["other@example.com"]


def test_who_has_an_account_signs_in_and_accepts(client, page):
    UserFactory(email="li.na@example.com")
    signed_in = client.post(f"{LOGIN}?next={page}", {"login": "li.na@example.com", "password": PASSWORD}, follow=True)

    assert "接受邀请" in words(signed_in)
    client.post(page)

    assert Appointment.objects.get().user.email == "li.na@example.com"


def test_another_account_is_told_and_cannot_accept(client, page):
    client.force_login(UserFactory())

    assert "没有验证过这个邮箱" in words(client.get(page))
    assert "另一个邮箱" in words(client.post(page))
    assert not Appointment.objects.exists()


@pytest.mark.parametrize("end", ["expired", "withdrawn"])
def test_a_link_that_is_over_says_so(client, page, invitation, end, clock):
    user = UserFactory(email="li.na@example.com")
    client.force_login(user)
    if end == "expired":
        invitation.expires_at = clock.now()
        invitation.save()
    else:
        admin = actor(holder(Role.OFFICE_ADMIN, invitation.office))
        actions.withdraw_invitation(invitation.pk, by=admin, clock=clock)

    assert "已过期、被撤回或已被接受" in words(client.get(page))
    client.post(page)
    assert not Appointment.objects.filter(user=user).exists()


def test_accepting_twice_is_accepting_once(client, page):
    client.force_login(UserFactory(email="li.na@example.com"))

    client.post(page)
    client.post(page)

    assert Appointment.objects.count() == 1


@pytest.mark.parametrize("token", ["x", "00000000000000000000000000000000.forged", "a.b.c"])
def test_a_forged_link_is_no_page(client, token):
    assert client.get(f"/invitations/{token}/").status_code == 404


def test_an_id_without_our_signature_opens_nothing(client, invitation, page):
    assert client.get(f"/invitations/{invitation.pk.hex}/").status_code == 404
    assert client.get(page[:-3] + "x/").status_code == 404


def test_the_link_names_our_host_whatever_a_request_says(invitation, settings):
    settings.BASE_URL = "https://yishi.example/"

    assert link_for(invitation.pk).startswith("https://yishi.example/invitations/")
