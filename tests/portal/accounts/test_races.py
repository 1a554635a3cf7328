"""Parallel clients, with real commits."""

import threading

import pytest
from django.db import connections
from django.test import Client

from portal.accounts import actions, leaving
from portal.accounts.models import Appointment, Invitation, Role, User
from portal.accounts.queries import holders
from portal.journal.models import EventRecord
from portal.kernel.actors import system
from portal.kernel.permissions import NotAllowed
from tests.factories.accounts import AppointmentFactory, InvitationFactory, OfficeFactory, UserFactory, actor, holder

pytestmark = pytest.mark.django_db(transaction=True)


def in_parallel(*acts):
    """Run `acts` at the same time; return the codes of refusals and None for what was done."""
    outcomes, start = [], threading.Barrier(len(acts))

    def client(act):
        start.wait()
        try:
            act()
            outcomes.append(None)
        except NotAllowed as refused:
            outcomes.append(refused.reason.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=client, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes, key=str)


@pytest.mark.parametrize("contact", ["13800138000", "li.na@example.com"])
def test_of_parallel_sign_ups_with_one_contact_one_wins(carrier, contact):
    answers = []

    def sign_up():
        answers.append(Client().post("/accounts/signup/", {"contact": contact}).status_code)

    assert in_parallel(*[sign_up] * 6) == [None] * 6
    assert set(answers) <= {302, 429}
    assert User.objects.count() == 1


def test_one_person_is_appointed_once(clock):
    office, user = OfficeFactory(), UserFactory()

    outcomes = in_parallel(
        *[lambda: actions.appoint(user.pk, office_id=office.pk, role=Role.OFFICER, by=system("seed"), clock=clock)] * 8
    )

    assert outcomes == [None] + ["accounts.already_holds"] * 7
    assert Appointment.objects.count() == 1
    assert EventRecord.objects.filter(name="accounts.appointed").count() == 1


def test_an_invitation_is_accepted_once(clock):
    invitation = InvitationFactory(email="li.na@example.com")
    invited = actor(UserFactory(email="li.na@example.com"))

    outcomes = in_parallel(*[lambda: actions.accept_invitation(invitation.pk, by=invited, clock=clock)] * 8)

    assert outcomes == [None] + ["accounts.invitation_over"] * 7
    assert Appointment.objects.count() == 1


def test_the_same_person_is_invited_once(clock):
    office = OfficeFactory()
    admin = actor(holder(Role.OFFICE_ADMIN, office))

    outcomes = in_parallel(
        *[lambda: actions.invite(office.pk, email="a@example.com", role=Role.OFFICER, by=admin, clock=clock)] * 8
    )

    assert outcomes == [None] + ["accounts.already_invited"] * 7
    assert Invitation.objects.count() == 1


def test_the_last_two_do_not_leave_at_the_same_time(clock, monkeypatch):
    monkeypatch.setattr(leaving, "_checks", {"test": lambda office_id, role: 1})
    office = OfficeFactory()
    admin = actor(holder(Role.OFFICE_ADMIN, office))
    first, second = AppointmentFactory.create_batch(2, office=office)

    outcomes = in_parallel(
        lambda: actions.end_appointment(first.pk, by=admin, clock=clock),
        lambda: actions.end_appointment(second.pk, by=admin, clock=clock),
    )

    assert outcomes == [None, "accounts.last_holder"]
    assert holders(Role.SPOKESPERSON, office.pk).count() == 1


def test_offices_founded_at_the_same_time_all_stand_in_the_tree(clock):
    county = OfficeFactory()

    outcomes = in_parallel(
        *[
            lambda code=code: actions.create_office(
                code=code, level="county", parent_id=county.pk, name=code, by=system("seed"), clock=clock
            )
            for code in "abcdef"
        ]
    )

    county.refresh_from_db()
    assert outcomes == [None] * 6
    assert sorted(office.code for office in county.get_children()) == list("abcdef")
    assert county.numchild == 6
