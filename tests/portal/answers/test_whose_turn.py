"""What waits for whom: the same people as the notices tell, and nobody who could not act."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.accounts.models import Appointment, Role, User
from portal.answers.actions import (
    aftercare,
    extending,
    handling,
    helping,
    replying,
    screening,
)
from portal.answers.actions.reopening import request_reopening
from portal.answers.labels import TURN
from portal.answers.models import Question
from portal.answers.permissions import STEP_PERMISSION, P
from portal.answers.queries.case import case, load_question
from portal.answers.queries.queue import QueueFilter, queue
from portal.answers.queries.waiting import waiting_for
from portal.answers.queries.whose_turn import turns_of
from portal.journal import relay
from portal.kernel.permissions import can
from portal.notifications.addresses import person
from portal.notifications.models import Notice
from portal.workdays.queries import calendar
from tests.factories.accounts import OfficeFactory, UserFactory, actor, holder
from tests.factories.answers import accepted, answered, ask, at, dispatched, in_review

pytestmark = [pytest.mark.db, pytest.mark.django_db]

NOON = at(3, 2, 12)
PEOPLE = (
    "dispatcher", "second_dispatcher", "spokesperson", "officer", "leader", "superior", "street_spokesperson",
    "editor", "auditor",
)  # fmt: skip


def turns(district, question):
    """Who has what to do about a question: kinds by person, those with nothing left out."""
    found = {}
    for name in PEOPLE:
        by = getattr(district, name)
        kinds = {
            kind for kind in turns_of(by) if queue(by, QueueFilter(turn=kind), NOON.at).filter(pk=question.pk).exists()
        }
        if kinds:
            found[name] = kinds
    return found


def told(district, kind):
    relay.drain()
    recipients = set(Notice.objects.filter(kind=f"answers.{kind}").values_list("recipient", flat=True))
    return {name for name in PEOPLE if person(getattr(district, name).id) in recipients}


def whose(district, question, kind):
    return {name for name, kinds in turns(district, question).items() if kind in kinds}


def refused(district):
    question = ask(district)
    refusal = {"reason": "no_question", "explanation": "没有具体事项", "other_route": "12345"}
    return screening.propose_refusal(question.pk, **refusal, by=district.dispatcher, clock=NOON)


def returned(district):
    question = dispatched(district)
    return handling.request_return(
        question.pk, reason="x", proposed_office_id=None, by=district.spokesperson, clock=NOON
    )


def extended(district):
    question = accepted(district)
    extending.request_extension(
        question.pk, working_days=3, reason="x", interim="在办", by=district.spokesperson, clock=NOON
    )
    return question


def reopening(district):
    question = answered(district, by=district.resident)
    aftercare.rate(question.pk, resolved="no", satisfaction=1, comment="", by=district.resident, clock=NOON)
    return request_reopening(question.pk, reason="没解决", by=district.resident, clock=NOON)


def helped(district):
    question = accepted(district)
    helping.ask_helper(question.pk, office_id=district.street.pk, request="x", by=district.spokesperson, clock=NOON)
    return question


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (ask, {"dispatcher": {"screen"}, "second_dispatcher": {"screen"}}),
        (refused, {"second_dispatcher": {"refusals"}, "superior": {"refusals"}}),
        (dispatched, {"spokesperson": {"accept"}}),
        (returned, {"dispatcher": {"returns"}, "second_dispatcher": {"returns"}}),
        (accepted, {"spokesperson": {"draft"}, "officer": {"draft"}}),
        (in_review, {"spokesperson": {"sign"}, "leader": {"sign"}}),
        (answered, {"editor": {"publish"}}),
        (extended, {"spokesperson": {"draft"}, "officer": {"draft"}, "superior": {"extensions"}}),
        (reopening, {"editor": {"publish"}, "superior": {"reopenings"}}),
        (helped, {"spokesperson": {"draft"}, "officer": {"draft"}, "street_spokesperson": {"help"}}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_it_is_the_turn_of_whoever_can_act_and_of_nobody_else(district, make, expected):
    assert turns(district, make(district)) == expected


@pytest.mark.parametrize(
    ("make", "notice", "kind"),
    [
        (ask, "to_screen", "screen"),
        (refused, "to_sign", "refusals"),
        (dispatched, "to_accept", "accept"),
        (returned, "to_decide", "returns"),
        (in_review, "to_sign", "sign"),
        (answered, "to_publish", "publish"),
        (extended, "to_extend", "extensions"),
        (reopening, "to_reopen", "reopenings"),
        (helped, "to_help", "help"),
    ],
)
def test_the_notices_tell_the_same_people(district, make, notice, kind):
    question = make(district)

    assert told(district, notice) == whose(district, question, kind)


STEPS = {
    "screen": "dispatch", "returns": "transfer", "accept": "accept", "draft": "save_draft", "help": "contribute",
    "sign": "release", "refusals": "approve_refusal", "extensions": "approve_extension",
    "reopenings": "approve_reopening", "publish": "publish",
}  # fmt: skip


@pytest.mark.parametrize(
    "make", [ask, refused, dispatched, returned, accepted, in_review, answered, extended, reopening, helped]
)
def test_whose_turn_it_is_has_the_button_for_it(district, make):
    question = make(district)
    for name, kinds in turns(district, question).items():
        shown = case(load_question(question.pk), getattr(district, name), NOON.at)
        assert {STEPS[kind] for kind in kinds} <= set(shown.steps), name


def test_nobodys_turn_is_to_sign_what_is_their_own(district):
    question = accepted(district)
    replying.save_draft(question.pk, text="稿", by=district.spokesperson, clock=NOON)
    replying.submit_for_review(question.pk, by=district.officer, clock=NOON)

    assert turns(district, question) == {"leader": {"sign"}}

    district.schools.answers_need_review = False
    district.schools.save()
    assert whose(district, question, "sign") == {"spokesperson", "leader"}


def test_the_nearest_leader_signs_and_where_there_is_none_the_next_one_above(district):
    question = in_review(district)
    assert whose(district, question, "sign") == {"spokesperson", "leader"}

    Appointment.objects.filter(user=district.leader.id).update(ended_at=NOON.at)
    district.leader = actor(User.objects.get(pk=district.leader.id))
    assert whose(district, question, "sign") == {"spokesperson", "superior"}


def test_where_nobody_is_above_the_centres_leader_decides(district):
    Appointment.objects.filter(user=district.superior.id).update(ended_at=NOON.at)
    chief = actor(holder(Role.LEADER, district.centre))
    district.superior = chief
    question = extended(district)

    assert whose(district, question, "extensions") == {"superior"}
    assert told(district, "to_extend") == {"superior"}


def test_every_kind_has_its_words_and_there_are_no_others(district):
    both = OfficeFactory(parent=district.city, is_centre=True)
    everything = UserFactory()
    for role in Role:
        Appointment.objects.create(user=everything, office=both, role=role, started_at=NOON.at)

    assert list(turns_of(actor(everything))) == list(TURN)


def test_a_turn_narrows_the_queue_and_goes_together_with_other_filters(district):
    waiting, other = dispatched(district), accepted(district)
    by = district.spokesperson

    def found(**chosen):
        return set(queue(by, QueueFilter(**chosen), NOON.at).values_list("pk", flat=True))

    assert found(turn="accept") == {waiting.pk}
    assert found(turn="accept", group="in_work") == set()
    assert found(turn="draft", group="in_work") == {other.pk}
    assert found(turn="screen") == set()  # not a spokesperson's


def test_the_permissions_behind_the_turns_are_real(district):
    for kind, step in STEPS.items():
        assert step in STEP_PERMISSION, kind


# --- The first page -----------------------------------------------------------------------


HOME = reverse("wagtailadmin_home")


@pytest.fixture
def as_(client, district, monkeypatch):
    monkeypatch.setattr("portal.kernel.clock.installed", lambda: NOON)

    def sign_in(name):
        client.force_login(User.objects.get(pk=getattr(district, name).id))
        return client

    return sign_in


def test_the_first_page_says_what_waits_and_leads_to_exactly_that(as_, district):
    question, other = dispatched(district, title="等我受理的"), accepted(district, title="等我写的")
    client = as_("spokesperson")

    page = client.get(HOME).content.decode()

    assert "待我受理" in page
    assert question.title in page
    address = reverse("answers_desk:queue") + "?turn=accept"
    assert f'href="{address}"' in page
    led_to = client.get(address).content.decode()
    assert question.title in led_to
    assert other.title not in led_to


def test_the_figures_are_what_the_lists_hold(district):
    for _number in range(2):
        ask(district)
    dispatched(district)
    refused(district)

    found = waiting_for(district.second_dispatcher, NOON.at, calendar())

    assert found.turns == {"screen": 2, "returns": 0, "refusals": 1, "receipts": 0, "erasures": 0}
    assert found.overseen == {}
    assert len(found.urgent) == 3


def test_leaders_and_auditors_see_what_is_late_below(district):
    dispatched(district)

    late = waiting_for(district.superior, at(3, 3, 12).at, calendar())
    watched = waiting_for(district.auditor, at(3, 3, 7).at, calendar())

    assert (late.overseen["missed"], late.overseen["near"]) == (1, 0)
    assert (watched.turns, watched.overseen) == ({}, {"missed": 0, "near": 1, "bulletin": 0})


@pytest.mark.parametrize("name", ["dispatcher", "spokesperson", "leader", "superior", "editor", "auditor"])
def test_more_that_waits_costs_no_more_statements(as_, district, name):
    client = as_(name)

    def one_more():
        for make in (ask, refused, dispatched, accepted, in_review, answered, extended):
            make(district)

    def statements():
        client.get(HOME)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(HOME).status_code == 200
        return len(captured)

    one_more()
    with_one = statements()
    one_more()
    one_more()
    assert statements() == with_one


def test_who_has_no_page_to_edit_is_spared_the_panels_about_pages(as_, district):
    page = as_("dispatcher").get(HOME).content.decode()

    assert 'role="search"' not in page
    assert "editor guide" not in page.lower()


def test_an_office_administrator_has_no_panel_of_the_desk(client, district):
    district.office_admin = actor(holder(Role.OFFICE_ADMIN, district.schools))
    client.force_login(User.objects.get(pk=district.office_admin.id))

    page = client.get(HOME).content.decode()

    assert not can(district.office_admin, P.SEE_DESK)
    assert "desk-waiting" not in page
    assert Question.objects.count() == 0
