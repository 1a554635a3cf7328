import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from portal.accounts import actions, leaving
from portal.accounts.actions.editors import EDITORS, REVIEWERS
from portal.accounts.models import Appointment, Invitation, Office, Role, User
from portal.accounts.queries import colleagues, holders
from portal.journal.models import EventRecord
from portal.kernel.actors import ANONYMOUS, system
from portal.kernel.permissions import NotAllowed
from tests.factories.accounts import (
    LONG_AGO,
    AppointmentFactory,
    InvitationFactory,
    OfficeFactory,
    UserFactory,
    actor,
    holder,
)

pytestmark = pytest.mark.django_db

SEED = system("seed")


@pytest.fixture
def office():
    return OfficeFactory()


@pytest.fixture
def admin(office):
    return actor(holder(Role.OFFICE_ADMIN, office))


def told():
    return [(record.name, record.payload) for record in EventRecord.objects.order_by("position")]


def refusal(action, *args, **kwargs):
    before = EventRecord.objects.count()
    with pytest.raises(NotAllowed) as refused:
        action(*args, **kwargs)
    assert EventRecord.objects.count() == before
    return refused.value.reason.code


# --- Inviting -------------------------------------------------------------------------------------


def test_an_invitation_becomes_an_appointment_when_its_owner_accepts(office, admin, clock):
    invited = UserFactory(email="li.na@example.com")

    invitation = actions.invite(office.pk, email="Li.Na@Example.com", role=Role.SPOKESPERSON, by=admin, clock=clock)
    appointment = actions.accept_invitation(invitation.pk, by=actor(invited), clock=clock)

    assert (appointment.user, appointment.role, appointment.started_at) == (invited, Role.SPOKESPERSON, clock.now())
    assert list(holders(Role.SPOKESPERSON, office.pk)) == [invited]
    assert [name for name, _payload in told()] == [
        "accounts.invited",
        "accounts.invitation_accepted",
        "accounts.appointed",
    ]


def test_the_journal_holds_neither_address_nor_link(office, admin, clock):
    invitation = actions.invite(office.pk, email="li.na@example.com", role=Role.OFFICER, by=admin, clock=clock)

    assert told() == [
        (
            "accounts.invited",
            {
                "invitation": str(invitation.pk),
                "office": str(office.pk),
                "role": "officer",
                "expires_at": invitation.expires_at.isoformat(),
            },
        )
    ]


def test_an_open_invitation_is_not_sent_twice_but_an_expired_one_makes_room(office, admin, clock):
    InvitationFactory(office=office, email="a@example.com")
    expired = InvitationFactory(office=office, email="b@example.com", expired=True)

    assert (
        refusal(actions.invite, office.pk, email="a@example.com", role=Role.SPOKESPERSON, by=admin, clock=clock)
        == "accounts.already_invited"
    )
    actions.invite(office.pk, email="b@example.com", role=Role.SPOKESPERSON, by=admin, clock=clock)

    expired.refresh_from_db()
    assert expired.withdrawn_at == clock.now()


@pytest.mark.parametrize(
    ("role", "traits", "code"),
    [
        (Role.DISPATCHER, {}, "accounts.role_not_here"),
        (Role.SPOKESPERSON, {"takes_questions": False}, "accounts.role_not_here"),
        (Role.SPOKESPERSON, {"is_active": False}, "accounts.office_inactive"),
        (Role.AUDITOR, {}, "accounts.only_from_above"),
    ],
)
def test_only_roles_that_exist_at_the_office_are_offered(role, traits, code, clock):
    office = OfficeFactory(**traits)
    admin = actor(holder(Role.OFFICE_ADMIN, office))

    assert refusal(actions.invite, office.pk, email="a@example.com", role=role, by=admin, clock=clock) == code


def test_a_spokesperson_does_not_invite(office, clock):
    spokesperson = actor(holder(Role.SPOKESPERSON, office))

    assert (
        refusal(actions.invite, office.pk, email="a@example.com", role=Role.OFFICER, by=spokesperson, clock=clock)
        == "accounts.not_office_admin"
    )


def test_who_holds_the_role_is_not_invited_to_it(office, admin, clock):
    spokesperson = holder(Role.SPOKESPERSON, office)

    assert (
        refusal(actions.invite, office.pk, email=spokesperson.email, role=Role.SPOKESPERSON, by=admin, clock=clock)
        == "accounts.already_holds"
    )


def test_a_link_that_went_astray_appoints_nobody(office, clock):
    invitation = InvitationFactory(office=office, email="li.na@example.com")
    finder, unverified = UserFactory(), UserFactory()
    EmailAddress.objects.create(user=unverified, email="li.na@example.com", verified=False)

    for person in (finder, unverified):
        assert (
            refusal(actions.accept_invitation, invitation.pk, by=actor(person), clock=clock)
            == "accounts.another_address"
        )
    assert refusal(actions.accept_invitation, invitation.pk, by=ANONYMOUS, clock=clock) == "accounts.sign_in_first"


@pytest.mark.parametrize("end", ["expired", "withdrawn", "accepted"])
def test_an_invitation_that_is_over_cannot_be_accepted(office, end, clock):
    invited = UserFactory(email="li.na@example.com")
    traits = {end: True} if end != "accepted" else {"accepted_at": clock.now(), "accepted_by": invited}
    invitation = InvitationFactory(office=office, email="li.na@example.com", **traits)

    assert (
        refusal(actions.accept_invitation, invitation.pk, by=actor(invited), clock=clock) == "accounts.invitation_over"
    )


def test_nobody_accepts_his_own_invitation(office, clock):
    admin = holder(Role.OFFICE_ADMIN, office)
    invitation = actions.invite(office.pk, email=admin.email, role=Role.LEADER, by=actor(admin), clock=clock)

    assert refusal(actions.accept_invitation, invitation.pk, by=actor(admin), clock=clock) == "accounts.own_invitation"


def test_an_invitation_can_be_withdrawn_once(office, admin, clock):
    invitation = InvitationFactory(office=office)

    actions.withdraw_invitation(invitation.pk, by=admin, clock=clock)

    assert told() == [("accounts.invitation_withdrawn", {"office": str(office.pk), "role": "spokesperson"})]
    assert refusal(actions.withdraw_invitation, invitation.pk, by=admin, clock=clock) == "accounts.invitation_over"


# --- Standing in ------------------------------------------------------------------------------------


def test_a_stand_in_acts_while_the_holder_is_away(office, admin, clock):
    absent = AppointmentFactory(office=office)
    colleague = holder(Role.OFFICER, office)

    actions.name_stand_in(absent.pk, stand_in_id=colleague.pk, by=admin, clock=clock)
    assert list(holders(Role.SPOKESPERSON, office.pk)) == [colleague]
    assert actor(colleague).holds(Role.SPOKESPERSON, str(office.pk))

    actions.end_stand_in(absent.pk, by=admin, clock=clock)
    assert list(holders(Role.SPOKESPERSON, office.pk)) == [absent.user]
    assert not actor(colleague).holds(Role.SPOKESPERSON, str(office.pk))
    assert [name for name, _payload in told()] == ["accounts.stand_in_named", "accounts.stand_in_ended"]
    assert refusal(actions.end_stand_in, absent.pk, by=admin, clock=clock) == "accounts.no_stand_in"


def test_only_colleagues_stand_in_and_nobody_names_himself(office, clock):
    admin = holder(Role.OFFICE_ADMIN, office)
    absent = AppointmentFactory(office=office)
    outsider = holder(Role.OFFICER, OfficeFactory())

    for person, code in (
        (outsider, "accounts.not_a_colleague"),
        (UserFactory(), "accounts.not_a_colleague"),
        (admin, "accounts.not_oneself"),
        (absent.user, "accounts.holder_himself"),
    ):
        assert refusal(actions.name_stand_in, absent.pk, stand_in_id=person.pk, by=actor(admin), clock=clock) == code


def test_colleagues_are_those_at_the_office_above_and_below_it():
    county = OfficeFactory()
    bureau, sister = OfficeFactory(parent=county), OfficeFactory(parent=county)
    station = OfficeFactory(parent=bureau)
    near = [holder(Role.OFFICER, office) for office in (county, bureau, station)]
    holder(Role.OFFICER, sister)
    AppointmentFactory(office=bureau, ended=True)

    assert set(colleagues(bureau)) == set(near)


# --- Leaving ----------------------------------------------------------------------------------------


@pytest.fixture
def two_open_cases(monkeypatch, office):
    """The office has two cases that wait for its spokesperson."""

    def count(office_id, role):
        return 2 if (office_id, role) == (office.pk, Role.SPOKESPERSON) else 0

    monkeypatch.setattr(leaving, "_checks", {"test": count})


def test_one_of_two_may_leave_the_office_keeps_its_cases(office, admin, clock, two_open_cases):
    leaving, staying = AppointmentFactory.create_batch(2, office=office)

    actions.end_appointment(leaving.pk, by=admin, clock=clock)

    assert list(holders(Role.SPOKESPERSON, office.pk)) == [staying.user]
    assert told() == [
        (
            "accounts.appointment_ended",
            {
                "person": str(leaving.user_id),
                "office": str(office.pk),
                "role": "spokesperson",
                "successor": "",
            },
        )
    ]


def test_the_last_one_may_not_leave_open_cases_behind(office, admin, clock, two_open_cases):
    last = AppointmentFactory(office=office)

    assert refusal(actions.end_appointment, last.pk, by=admin, clock=clock) == "accounts.last_holder"
    assert list(holders(Role.SPOKESPERSON, office.pk)) == [last.user]


def test_the_last_one_leaves_when_nothing_waits(office, admin, clock):
    actions.end_appointment(AppointmentFactory(office=office).pk, by=admin, clock=clock)

    assert not holders(Role.SPOKESPERSON, office.pk).exists()


def test_a_stand_in_who_may_not_sign_in_holds_nothing_open(office, admin, clock, two_open_cases):
    last = AppointmentFactory(office=office)
    AppointmentFactory(office=office, stand_in=UserFactory(is_active=False))

    assert refusal(actions.end_appointment, last.pk, by=admin, clock=clock) == "accounts.last_holder"


def test_a_successor_takes_over_in_the_same_step(office, admin, clock, two_open_cases):
    last = AppointmentFactory(office=office)
    successor = holder(Role.OFFICER, office)

    actions.end_appointment(last.pk, by=admin, clock=clock, successor_id=successor.pk)

    assert list(holders(Role.SPOKESPERSON, office.pk)) == [successor]
    assert [(name, payload["person"]) for name, payload in told()] == [
        ("accounts.appointment_ended", str(last.user_id)),
        ("accounts.appointed", str(successor.pk)),
    ]


def test_an_appointment_ends_once(office, admin, clock):
    ended = AppointmentFactory(office=office, ended=True)

    assert refusal(actions.end_appointment, ended.pk, by=admin, clock=clock) == "accounts.appointment_over"


def test_the_reason_tells_how_many_cases_wait(office, admin, clock, two_open_cases):
    with pytest.raises(NotAllowed) as refused:
        actions.end_appointment(AppointmentFactory(office=office).pk, by=admin, clock=clock)

    assert "2 件" in str(refused.value.reason)


def test_each_app_counts_its_open_cases_once(monkeypatch, office):
    monkeypatch.setattr(leaving, "_checks", {})
    leaving.register("one", two := lambda office_id, role: 2)
    leaving.register("other", lambda office_id, role: 3)
    leaving.register("one", two)

    assert leaving.open_cases(office.pk, Role.SPOKESPERSON) == 5
    with pytest.raises(ValueError, match="two checks of who may leave"):
        leaving.register("one", lambda office_id, role: 9)


# --- Editors ----------------------------------------------------------------------------------------


def edits(user):
    return user.groups.filter(name=EDITORS).exists()


def may_take_down(group):
    return Group.objects.get(name=group).page_permissions.filter(permission__codename="publish_page").exists()


def test_who_writes_and_who_releases_are_in_groups_of_their_own(office, clock):
    editor, reviewer = UserFactory(), UserFactory()
    actions.appoint(editor.pk, office_id=office.pk, role=Role.EDITOR, by=SEED, clock=clock)
    actions.appoint(reviewer.pk, office_id=office.pk, role=Role.REVIEWER, by=SEED, clock=clock)

    assert [group.name for group in editor.groups.all()] == [EDITORS]
    assert [group.name for group in reviewer.groups.all()] == [REVIEWERS]
    assert (may_take_down(EDITORS), may_take_down(REVIEWERS)) == (False, True)


def test_editors_are_in_wagtails_group_for_as_long_as_they_act(office, admin, clock):
    editor, colleague = UserFactory(), holder(Role.OFFICER, office)

    appointment = actions.appoint(editor.pk, office_id=office.pk, role=Role.EDITOR, by=SEED, clock=clock)
    assert edits(editor)

    actions.name_stand_in(appointment.pk, stand_in_id=colleague.pk, by=admin, clock=clock)
    assert edits(colleague)

    actions.end_appointment(appointment.pk, by=admin, clock=clock)
    assert not edits(editor)
    assert not edits(colleague)


def test_other_roles_do_not_edit(office, clock):
    spokesperson = UserFactory()

    actions.appoint(spokesperson.pk, office_id=office.pk, role=Role.SPOKESPERSON, by=SEED, clock=clock)

    assert not edits(spokesperson)


# --- Offices ----------------------------------------------------------------------------------------


def test_an_office_is_founded_below_another(clock):
    county = OfficeFactory()
    admin = actor(holder(Role.OFFICE_ADMIN, county))

    office = actions.create_office(
        code="edu", level="county", parent_id=county.pk, name="教育局", by=admin, clock=clock
    )

    assert office.get_parent() == county
    assert told() == [
        ("accounts.office_created", {"code": "edu", "level": "county", "parent": str(county.pk)}),
    ]


@pytest.mark.parametrize(
    ("details", "code"),
    [
        ({"code": "taken"}, "accounts.code_taken"),
        ({"level": "city"}, "accounts.wrong_level"),
        ({"level": "community", "takes_questions": True}, "accounts.community_speaks"),
    ],
)
def test_an_office_that_makes_no_sense_is_refused(details, code, clock):
    county = OfficeFactory(code="taken")
    wanted = {"code": "new", "level": "county", "name": "新局", "parent_id": county.pk} | details

    assert refusal(actions.create_office, **wanted, by=SEED, clock=clock) == code


def test_a_community_takes_no_questions_by_itself(clock):
    street = OfficeFactory(township=True)

    office = actions.create_office(code="c1", level="community", parent_id=street.pk, name="社区", by=SEED, clock=clock)

    assert not office.takes_questions


def test_settings_that_differ_are_saved_and_told(office, admin, clock):
    actions.change_office_settings(
        office.pk, phone="0574-1234567", name=office.name, answers_need_review=False, by=admin, clock=clock
    )

    office.refresh_from_db()
    assert (office.phone, office.answers_need_review) == ("0574-1234567", False)
    assert told() == [("accounts.office_changed", {"fields": ["answers_need_review", "phone"]})]


def test_nothing_changed_is_nothing_told(office, admin, clock):
    actions.change_office_settings(office.pk, name=office.name, by=admin, clock=clock)

    assert told() == []


@pytest.mark.parametrize("field", ["is_centre", "takes_questions", "is_active"])
def test_no_office_decides_about_its_own_standing(office, admin, field, clock):
    change = {field: not getattr(office, field)}

    assert (
        refusal(actions.change_office_settings, office.pk, **change, by=admin, clock=clock)
        == "accounts.only_from_above"
    )


def test_an_office_in_use_is_not_switched_off(office, clock, two_open_cases):
    with_people = AppointmentFactory().office
    with_children = OfficeFactory(parent=OfficeFactory()).get_parent()

    for used in (office, with_people, with_children):
        assert (
            refusal(actions.change_office_settings, used.pk, is_active=False, by=SEED, clock=clock)
            == "accounts.still_in_use"
        )


# --- People -----------------------------------------------------------------------------------------


def test_people_change_what_they_say_about_themselves_and_nothing_else():
    user = UserFactory()

    actions.change_profile(name="甬江边的人", residency=User.Residency.PERMIT, by=actor(user), clock=None)

    user.refresh_from_db()
    assert (user.name, user.residency) == ("甬江边的人", "permit")


def test_a_seeded_person_signs_in_at_once(client, clock):
    user = actions.register_person(
        name="王芳",
        email="Wang@Example.com",
        phone="+8613800138000",
        password="a-long-passphrase",
        by=SEED,
        clock=clock,
    )
    assert (user.email, user.phone, user.date_joined) == ("wang@example.com", "+8613800138000", clock.now())

    for login in ("wang@example.com", "13800138000"):
        client.cookies.clear()
        client.post("/accounts/login/", {"login": login, "password": "a-long-passphrase"})
        assert client.session["_auth_user_id"] == str(user.pk)


def test_nobody_else_makes_accounts_for_others(clock):
    administrator = actor(UserFactory(administrator=True))

    assert (
        refusal(actions.register_person, name="x", email="x@example.com", by=administrator, clock=clock)
        == "accounts.appoint_by_invitation"
    )


def test_two_people_without_an_address_are_two_people():
    UserFactory.create_batch(2, phone_only=True)

    assert User.objects.filter(email=None).count() == 2


def test_constraints_hold_below_the_actions(office):
    appointment = AppointmentFactory(office=office)
    invitation = InvitationFactory(office=office)
    broken = [
        lambda: AppointmentFactory(office=office, user=appointment.user),
        lambda: Appointment.objects.filter(pk=appointment.pk).update(role="emperor"),
        lambda: Appointment.objects.filter(pk=appointment.pk).update(stand_in=appointment.user),
        lambda: Appointment.objects.filter(pk=appointment.pk).update(
            ended_at=appointment.started_at.replace(year=1999)
        ),
        lambda: InvitationFactory(office=office, email=invitation.email),
        lambda: Invitation.objects.filter(pk=invitation.pk).update(accepted_at=LONG_AGO),
        lambda: Office.objects.filter(pk=office.pk).update(level="village"),
        lambda: Office.objects.filter(pk=office.pk).update(level="community"),
        lambda: User.objects.filter(pk=appointment.user_id).update(residency="martian"),
    ]
    for write in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            write()
