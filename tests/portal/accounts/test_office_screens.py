"""The back office's pages about offices and their people."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.accounts.models import Appointment, Invitation, Office, Role
from portal.journal.relay import drain
from tests.factories.accounts import (
    AppointmentFactory,
    InvitationFactory,
    OfficeFactory,
    UserFactory,
    holder,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return OfficeFactory(name="区教育局")


@pytest.fixture
def admin(client, office):
    user = holder(Role.OFFICE_ADMIN, office)
    client.force_login(user)
    return user


def words(response):
    assert response.status_code == 200
    return response.content.decode()


def url(name, *args):
    return reverse(f"offices:{name}", args=[getattr(arg, "pk", arg) for arg in args])


def test_the_list_shows_the_branch_and_nothing_else(client, office, admin):
    OfficeFactory(parent=office, name="城西学区")
    OfficeFactory(name="邻区教育局")

    page = words(client.get(url("list")))

    assert "区教育局" in page
    assert "城西学区" in page
    assert "邻区教育局" not in page


def test_the_list_finds_by_name_and_code(client, office, admin):
    OfficeFactory(parent=office, name="城西学区", code="west")

    assert "城西学区" in words(client.get(url("list"), {"q": "西学"}))
    assert "城西学区" in words(client.get(url("list"), {"q": "WEST"}))
    assert "没有找到" in words(client.get(url("list"), {"q": "东学"}))


def count_queries(client, address):
    client.get(address)  # content types, permissions of this process
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_one_and_three_offices_cost_the_same(client, office, admin):
    one = count_queries(client, url("list"))

    for child in OfficeFactory.create_batch(2, parent=office):
        AppointmentFactory.create_batch(2, office=child)

    assert count_queries(client, url("list")) == one


def test_one_and_three_people_cost_the_same(client, office, admin):
    AppointmentFactory(office=office, stand_in=UserFactory())
    InvitationFactory(office=office)
    one = count_queries(client, url("office", office))

    AppointmentFactory.create_batch(2, office=office)
    AppointmentFactory.create_batch(2, office=office, stand_in=UserFactory())
    InvitationFactory.create_batch(2, office=office)

    assert count_queries(client, url("office", office)) == one


@pytest.mark.parametrize("role", [Role.SPOKESPERSON, Role.LEADER, Role.EDITOR])
def test_those_who_oversee_nothing_see_neither_menu_nor_page(client, office, role):
    client.force_login(holder(role, office))

    assert url("list") not in words(client.get(reverse("wagtailadmin_home")))
    assert client.get(url("list")).status_code == 302
    assert client.get(url("office", office)).status_code == 404


def test_an_auditor_looks_and_changes_nothing(client, office):
    client.force_login(holder(Role.AUDITOR, office))
    appointment = AppointmentFactory(office=office)

    page = words(client.get(url("office", office)))

    assert url("invite", office) not in page
    assert url("end", office, appointment) not in page
    assert client.post(url("end", office, appointment)).status_code == 302
    appointment.refresh_from_db()
    assert appointment.ended_at is None


def test_an_office_out_of_reach_does_not_exist(client, office, admin):
    elsewhere = AppointmentFactory()

    for name, args in (
        ("office", [elsewhere.office]),
        ("settings", [elsewhere.office]),
        ("invite", [elsewhere.office]),
        ("new", [elsewhere.office]),
        ("end", [elsewhere.office, elsewhere]),
        ("end", [office, elsewhere]),  # another office's appointment below one's own
        ("stand_in", [office, elsewhere]),
    ):
        assert client.get(url(name, *args)).status_code == 404, name


def test_inviting_sends_a_mail_with_a_link_that_works(client, office, admin):
    client.post(url("invite", office), {"email": "Li.Na@example.com", "role": "spokesperson"})
    drain()

    [message] = mail.outbox
    assert message.to == ["li.na@example.com"]
    assert "区教育局" in message.subject
    assert "网上发言人" in message.body
    invitation = Invitation.objects.get()
    link = next(line for line in message.body.splitlines() if "/invitations/" in line)
    assert link.startswith("http://localhost:8000/invitations/")
    assert invitation.pk.hex in link
    assert client.get(link.removeprefix("http://localhost:8000")).status_code == 200


def test_an_invitation_withdrawn_before_the_mail_is_not_mailed(client, office, admin):
    client.post(url("invite", office), {"email": "li.na@example.com", "role": "spokesperson"})
    client.post(url("withdraw", office, Invitation.objects.get()))
    drain()

    assert mail.outbox == []


def test_a_refused_invitation_keeps_what_was_typed(client, office, admin):
    InvitationFactory(office=office, email="li.na@example.com")

    page = words(client.post(url("invite", office), {"email": "li.na@example.com", "role": "spokesperson"}))

    assert "对方尚未答复" in page
    assert 'value="li.na@example.com"' in page


def test_only_roles_of_the_office_are_offered(client, office, admin):
    page = words(client.get(url("invite", office)))

    assert 'value="spokesperson"' in page
    assert 'value="dispatcher"' not in page
    assert 'value="auditor"' not in page


def test_a_stand_in_is_named_and_sent_back(client, office, admin):
    absent, colleague = AppointmentFactory(office=office), holder(Role.OFFICER, office)

    client.post(url("stand_in", office, absent), {"person": colleague.pk})
    assert colleague.name in words(client.get(url("office", office)))

    client.post(url("end_stand_in", office, absent))
    absent.refresh_from_db()
    assert absent.stand_in is None


def test_somebody_leaves_and_a_successor_takes_over(client, office, admin):
    leaving, successor = AppointmentFactory(office=office), holder(Role.OFFICER, office)

    client.post(url("end", office, leaving), {"person": successor.pk})

    leaving.refresh_from_db()
    assert leaving.ended_at is not None
    assert Appointment.objects.filter(user=successor, role=Role.SPOKESPERSON, ended_at=None).exists()


def test_settings_are_saved_but_not_those_of_the_office_above(client, office, admin):
    client.post(
        url("settings", office),
        {"name": "区教育和体育局", "name_en": "Education and Sports", "is_centre": "on", "code": "x", "path": "ZZZZ"},
    )

    changed = Office.objects.get()
    assert (changed.name, changed.answers_need_review) == ("区教育和体育局", False)
    assert (changed.is_centre, changed.takes_questions, changed.is_active) == (False, True, True)
    assert (changed.code, changed.path) == (office.code, office.path)


def test_a_new_office_stands_below(client, office, admin):
    response = client.post(
        url("new", office), {"name": "城西学区", "code": "west", "level": "township", "takes_questions": "on"}
    )

    created = Office.objects.get(code="west")
    assert response.url == url("office", created)
    assert created.get_parent() == office


def test_a_code_that_is_taken_is_said(client, office, admin):
    page = words(client.post(url("new", office), {"name": "另一局", "code": office.code, "level": "county"}))

    assert "已有使用该代码的单位" in page


def test_the_top_of_the_tree_is_founded_by_administrators(client, office, admin):
    assert client.get(url("new_top")).status_code == 302

    client.force_login(UserFactory(administrator=True))
    client.post(url("new_top"), {"name": "某市", "code": "city", "level": "city"})

    assert Office.objects.get(code="city").is_root()


def test_nothing_changes_by_looking(client, office, admin):
    appointment = AppointmentFactory(office=office, stand_in=UserFactory())
    invitation = InvitationFactory(office=office)

    for name, args in (
        ("end", [office, appointment]),
        ("end_stand_in", [office, appointment]),
        ("stand_in", [office, appointment]),
        ("withdraw", [office, invitation]),
    ):
        words(client.get(url(name, *args)))

    appointment.refresh_from_db()
    invitation.refresh_from_db()
    assert (appointment.ended_at, invitation.withdrawn_at) == (None, None)
    assert appointment.stand_in is not None
