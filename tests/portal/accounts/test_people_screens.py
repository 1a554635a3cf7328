"""Accounts as administrators see them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import User
from tests.factories.accounts import AppointmentFactory, UserFactory

pytestmark = pytest.mark.django_db

PEOPLE = "/admin/users/"


@pytest.fixture
def administrator(client):
    user = UserFactory(administrator=True, name="管理员")
    client.force_login(user)
    return user


def edit(user):
    return f"/admin/users/edit/{user.pk}/"


def test_people_are_found_by_name_and_address(client, administrator):
    UserFactory(name="李娜", email="li.na@example.com")

    for wanted in ("李娜", "li.na"):
        assert "li.na@example.com" in client.get(PEOPLE, {"q": wanted}).content.decode()
    assert "li.na@example.com" not in client.get(PEOPLE, {"q": "wang"}).content.decode()


def test_one_and_three_people_cost_the_same(client, administrator):
    client.get(PEOPLE)
    with CaptureQueriesContext(connection) as one:
        client.get(PEOPLE)
    UserFactory.create_batch(2)

    with CaptureQueriesContext(connection) as three:
        client.get(PEOPLE)

    assert len(three) == len(one)


def test_an_account_is_closed_and_opened(client, administrator):
    user = UserFactory(name="李娜")

    client.post(edit(user), {"name": "李娜"})
    user.refresh_from_db()
    assert not user.is_active

    client.post(edit(user), {"name": "李娜", "is_active": "on"})
    user.refresh_from_db()
    assert user.is_active


def test_nobody_in_office_is_locked_out(client, administrator):
    user = AppointmentFactory().user

    page = client.post(edit(user), {"name": user.name})

    assert "请先在“单位与人员”中结束其岗位" in page.content.decode()
    user.refresh_from_db()
    assert user.is_active


def test_contacts_passwords_and_groups_cannot_be_set_here(client, administrator):
    user = UserFactory(email="li.na@example.com")
    before = user.password

    client.post(
        edit(user),
        {
            "name": "李娜",
            "is_active": "on",
            "email": "x@example.com",
            "password1": "a-long-passphrase",
            "password2": "a-long-passphrase",
            "groups": "1",
        },
    )

    user.refresh_from_db()
    assert (user.name, user.email, user.password, user.groups.count()) == ("李娜", "li.na@example.com", before, 0)


def test_nobody_takes_away_his_own_rights_by_accident(client, administrator):
    client.post(edit(administrator), {"name": "管理员"})

    after = User.objects.get(pk=administrator.pk)
    assert (after.is_active, after.is_superuser) == (True, True)


@pytest.mark.parametrize("path", ["new/", "delete/{}/", "usage/{}/"])
def test_people_are_neither_made_nor_deleted_here(client, administrator, path):
    user = UserFactory()

    assert client.get(PEOPLE + path.format(user.pk)).status_code == 404
    client.post(PEOPLE + path.format(user.pk))
    assert User.objects.filter(pk=user.pk).exists()
