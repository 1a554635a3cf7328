"""Rules, and that each list shows exactly what its rule allows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import Appointment, Invitation, Office, Role
from portal.accounts.permissions import P
from portal.accounts.queries import acts_for_an_office
from portal.kernel.actors import ANONYMOUS, system
from portal.kernel.permissions import can
from tests.factories.accounts import (
    AppointmentFactory,
    InvitationFactory,
    OfficeFactory,
    UserFactory,
    actor,
    holder,
)

pytestmark = pytest.mark.django_db

# The others are about one's own devices (test_devices.py).
ABOUT_OFFICES = set(P) - {P.END_DEVICE}


@pytest.fixture
def tree():
    city = OfficeFactory(level=Office.Level.CITY)
    county = OfficeFactory(parent=city)
    bureau = OfficeFactory(parent=county)
    street = OfficeFactory(parent=county, township=True)
    elsewhere = OfficeFactory(parent=city)
    return {"city": city, "county": county, "bureau": bureau, "street": street, "elsewhere": elsewhere}


def reach(actor, permission, tree):
    return {name for name, office in tree.items() if can(actor, permission, office)}


@pytest.mark.parametrize(
    ("role", "sees", "manages", "restructures"),
    [
        (
            Role.OFFICE_ADMIN,
            {"county", "bureau", "street"},
            {"county", "bureau", "street"},
            {"bureau", "street"},
        ),
        (Role.AUDITOR, {"county", "bureau", "street"}, set(), set()),
        (Role.SPOKESPERSON, set(), set(), set()),
        (Role.LEADER, set(), set(), set()),
        (Role.DISPATCHER, set(), set(), set()),
        (Role.EDITOR, set(), set(), set()),
        (Role.OFFICER, set(), set(), set()),
    ],
)
def test_a_role_at_the_county_reaches_down_its_branch(tree, role, sees, manages, restructures):
    person = actor(holder(role, tree["county"]))

    assert reach(person, P.SEE_OFFICE, tree) == sees
    assert reach(person, P.MANAGE_OFFICE, tree) == manages
    assert reach(person, P.CREATE_OFFICE, tree) == manages
    assert reach(person, P.INVITE, tree) == manages
    assert reach(person, P.NAME_STAND_IN, tree) == manages
    assert reach(person, P.END_APPOINTMENT, tree) == manages
    assert reach(person, P.RESTRUCTURE_OFFICE, tree) == restructures
    assert reach(person, P.INVITE_AUDITOR, tree) == restructures


def test_residents_and_visitors_manage_nothing(tree):
    for person in (actor(UserFactory()), ANONYMOUS):
        assert all(not reach(person, permission, tree) for permission in ABOUT_OFFICES - {P.SEE_OFFICES})
        assert not can(person, P.SEE_OFFICES)


def test_an_administrator_manages_everything_but_appoints_nobody_past_the_invitation(tree):
    administrator = actor(UserFactory(administrator=True))

    assert reach(administrator, P.RESTRUCTURE_OFFICE, tree) == set(tree)
    assert can(administrator, P.CREATE_OFFICE, None)
    assert not can(administrator, P.APPOINT)


def test_the_top_of_the_tree_belongs_to_administrators(tree):
    assert not can(actor(holder(Role.OFFICE_ADMIN, tree["city"])), P.CREATE_OFFICE, None)


def test_a_process_of_ours_may_appoint_but_not_invite(tree):
    assert can(system("seed"), P.APPOINT)
    assert not can(system("seed"), P.INVITE, tree["city"])


@pytest.mark.parametrize("role", [*Role, None])
def test_lists_show_exactly_what_the_rule_allows(tree, role):
    for office in tree.values():
        AppointmentFactory(office=office)
        InvitationFactory(office=office)
    people = [UserFactory(administrator=True), UserFactory()]
    people += [holder(role, office) for office in tree.values()] if role else []

    for person in map(actor, people):
        for model in (Office, Appointment, Invitation):
            everything = model.objects.all() if model is Office else model.objects.select_related("office")
            allowed = {row for row in everything if can(person, P.SEE_OFFICE, row if model is Office else row.office)}
            assert set(model.objects.visible_to(person)) == allowed


def test_rules_run_no_query(tree):
    person = actor(holder(Role.OFFICE_ADMIN, tree["county"]))

    with CaptureQueriesContext(
        connection,
    ) as queries:
        for permission in ABOUT_OFFICES:
            can(person, permission, tree["street"])

    assert len(queries) == 0


def test_an_actor_is_loaded_in_one_query_and_a_stand_in_has_the_role():
    office, stand_in = OfficeFactory(), UserFactory()
    absent = AppointmentFactory(office=office, stand_in=stand_in)
    AppointmentFactory(office=office, user=stand_in, role=Role.OFFICER)
    AppointmentFactory(office=office, user=stand_in, role=Role.LEADER, ended=True)

    with CaptureQueriesContext(connection) as queries:
        person = actor(stand_in)
        assert acts_for_an_office(stand_in)

    assert len(queries) == 1
    assert {grant.role for grant in person.grants} == {absent.role, Role.OFFICER}
