"""Every situation × every step × everybody: page, permission, table and action never differ.

A situation is a state with what circumstances add to it, made by the real actions. In each of them
everybody tries every step. What the page offers the action does; what it withholds the action refuses,
and for the reason that the page gives. Who may is written down a second time, in `walking`.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.test import Client

from portal.accounts.models import User
from portal.answers.actions import emergencies
from portal.answers.models import Emergency, Question
from portal.answers.permissions import STEP_PERMISSION, P
from portal.answers.queries.case import askers_steps, case
from portal.answers.queries.circumstances import circumstances
from portal.answers.queries.visibility import desk_of
from portal.answers.states import EMERGENCY, MACHINE, PUBLICATION, State
from portal.config.routes import ROUTES
from portal.kernel.actors import Actor
from portal.kernel.clock import FixedClock
from portal.kernel.machine import IllegalStep
from portal.kernel.permissions import NotAllowed, can
from tests.factories import steps
from tests.factories.answers import AT_MONDAY
from tests.portal.answers.walking import ANSWERED, SITUATIONS, WHO, Walk, make_world

pytestmark = pytest.mark.db


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[SimpleNamespace]:
    """The people of this module, gone after it; a situation is made and forgotten within its test."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


# --- Everybody tries everything -------------------------------------------------------------------

ILLEGAL = "illegal_step"


def offered(question: Question, person: Actor, now: datetime) -> tuple[set[str], dict[str, str]]:
    """What the page of the question offers to this person, and what it withholds with which reason."""
    if desk_of(person).filter(pk=question.pk).exists():
        shown = case(question, person, now)
        return set(shown.steps), {step: reason.code for step, reason in shown.hindered.items()}
    if can(person, P.VIEW, question):
        return set(askers_steps(circumstances(question), person, now)), {}
    return set(), {}


def outcome(step: str, walk: Walk, person: Actor) -> str:
    """Take the step for real and take it back; "" when it succeeds, else the code of the refusal."""
    try:
        with transaction.atomic():
            steps.take(step, walk.question, walk.world, by=person, clock=FixedClock(walk.now))
            transaction.set_rollback(True)
    except IllegalStep:
        return ILLEGAL
    except NotAllowed as refused:
        return refused.reason.code
    return ""


def is_other_row(step: str, question: Question) -> bool:
    """Tell whether this is the row of a refused return that does not fit: two rows, one action."""
    if not step.startswith("refuse_return"):
        return False
    accepted = question.legs.get(ended_at=None).accepted_at is not None
    return step == ("refuse_return" if accepted else "refuse_return_after_acceptance")


def is_open(step: str, question: Question) -> bool:
    """Tell whether the table leaves the step open."""
    if step in {row.name for row in MACHINE.steps}:
        return question.state in MACHINE.step(step).sources
    return question.publication in PUBLICATION.step(step).sources


def faults(step: str, name: str, walk: Walk, offer: tuple[set[str], dict[str, str]]) -> Iterator[str]:
    """Say what does not agree about one step, for one person, in one situation."""
    question, person = walk.question, walk.people[name]
    buttons, withheld = offer
    decision = can(person, STEP_PERMISSION[step], question)
    if bool(decision) is not (name in WHO[step](question)):
        yield f"the permission says {bool(decision)}"
    if step not in steps.STEPS:  # nobody's but the clock's
        if step in buttons:
            yield "it is offered"
        return
    if decision:
        met = outcome(step, walk, person)
        if (met == ILLEGAL) is is_open(step, question):
            yield f"the table says {is_open(step, question)}, the action {met!r}"
    elif is_open(step, question) and (step, name) not in walk.world.refused:
        # Permission is asked before anything else, so once is enough for each.
        walk.world.refused.add((step, name))
        met = outcome(step, walk, person)
        if met != decision.reason.code:
            yield f"the permission says {decision.reason.code}, the action {met!r}"
    else:
        met = decision.reason.code
    if name != "system" and not is_other_row(step, question):
        if (step in buttons) is not (met == ""):
            yield f"the page says {step in buttons}, the action {met!r}"
        if withheld.get(step, met) != met:
            yield f"the page says {withheld[step]}, the action {met!r}"


@pytest.mark.parametrize("situation", SITUATIONS)
def test_page_permission_table_and_action_say_the_same_to_everybody(world, situation, db):
    walk = SITUATIONS[situation](world)
    wrong = []
    for name, person in walk.people.items():
        offer = offered(walk.question, person, walk.now)
        wrong += [f"{step} as {name}: {fault}" for step in WHO for fault in faults(step, name, walk, offer)]

    assert wrong == []


# --- The pages themselves ---------------------------------------------------------------------------

ASKERS_ADDRESS = {"rate": "rate", "supply": "supply", "reopen": "request_reopening", "withdraw": "withdraw"}


def shown(walk: Walk, name: str) -> set[str]:
    """The steps for which the page of the question has a form, or a link to one."""
    client = Client()
    client.force_login(User.objects.get(pk=walk.world.people[name].id))
    pk = walk.question.pk
    page = client.get(f"/q/{pk}/" if name == "asker" else f"/admin/desk/{pk}/").content.decode()
    if name == "asker":
        return {ASKERS_ADDRESS[found] for found in re.findall(rf"/q/{pk}/(rate|supply|reopen|withdraw)/", page)}
    return set(re.findall(rf'action="/admin/desk/{pk}/(\w+)/"', page)) & set(WHO)


@pytest.mark.parametrize(
    "name",
    [
        "asker", "dispatcher@centre", "leader@centre", "spokesperson@schools", "officer@schools", "leader@schools",
        "leader@city", "editor@city", "auditor@city",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "situation",
    [
        "screening",
        "refusal proposed",
        "extension asked",
        "waited too long",
        "rated poorly",
        "reopening asked",
        "published",
    ],
)
def test_the_page_has_a_form_for_what_is_offered_and_for_nothing_else(world, clock, situation, name, db):
    walk = SITUATIONS[situation](world)
    clock.set(walk.now)

    assert shown(walk, name) == offered(walk.question, walk.world.people[name], walk.now)[0]


# --- Emergencies --------------------------------------------------------------------------------------

LEAD_OF_IT = {"spokesperson@street"}
HEADS = {f"{role}@{office}" for role in ("dispatcher", "leader") for office in ("centre", "city")}
EMERGENCY_WHO = {
    "name_lead": HEADS,
    "publish_statement": HEADS | LEAD_OF_IT,
    "attach": HEADS,
    "close_emergency": HEADS,
}
EMERGENCY_STATES = ("opened", "led", "informed", "closed")


def emergency_in(world: SimpleNamespace, state: str) -> Emergency:
    """An emergency that has come so far; the street leads it."""
    by = world.people["dispatcher@centre"]
    found = emergencies.open_emergency(
        title="停水", place="", centre_id=world.centre.pk, question_ids=[], by=by, clock=AT_MONDAY
    )
    if state != "opened":
        emergencies.name_lead(found.pk, office_id=world.street.pk, by=by, clock=AT_MONDAY)
    if state in ("informed", "closed"):
        emergencies.publish_statement(found.pk, text="正在抢修", by=by, clock=AT_MONDAY)
    if state == "closed":
        emergencies.close_emergency(found.pk, by=by, clock=AT_MONDAY)
    return Emergency.objects.select_related("centre", "lead").get(pk=found.pk)


def emergency_outcome(step: str, emergency: Emergency, world: SimpleNamespace, person: Actor) -> str:
    """Take the step for real and take it back; "" when it succeeds, else the code of the refusal."""
    typed = {
        "name_lead": {"office_id": world.street.pk},
        "publish_statement": {"text": "有新情况"},
        "attach": {"number": world.lead.number},
        "close_emergency": {},
    }
    try:
        with transaction.atomic():
            getattr(emergencies, step)(emergency.pk, **typed[step], by=person, clock=AT_MONDAY)
            transaction.set_rollback(True)
    except IllegalStep:
        return ILLEGAL
    except NotAllowed as refused:
        return refused.reason.code
    return ""


def emergency_buttons(emergency: Emergency, person: Actor) -> set[str]:
    """The steps for which the page of the emergency has a form."""
    if not person.is_staff:
        return set()  # it is not theirs to see: the routes' own test
    client = Client()
    client.force_login(User.objects.get(pk=person.id))
    page = client.get(f"/admin/desk/emergencies/{emergency.pk}/").content.decode()
    return set(re.findall(rf'action="/admin/desk/emergencies/{emergency.pk}/(\w+)/"', page))


@pytest.mark.parametrize("state", EMERGENCY_STATES)
def test_an_emergency_says_the_same_to_everybody(world, clock, state, db):
    emergency = emergency_in(world, state)
    wrong = []
    for name, person in world.people.items():
        buttons = emergency_buttons(emergency, person)
        for step, who in EMERGENCY_WHO.items():
            if step == "publish_statement" and emergency.lead is None:
                who = who - LEAD_OF_IT
            decision = can(person, STEP_PERMISSION[step], emergency)
            open_ = emergency.state in EMERGENCY.step(step).sources
            met = emergency_outcome(step, emergency, world, person)
            right = "" if decision and open_ else decision.reason.code if decision.reason else ILLEGAL
            if bool(decision) is not (name in who):
                wrong.append(f"{step} as {name}: the permission says {bool(decision)}")
            if met != right or (step in buttons) is not (met == ""):
                wrong.append(f"{step} as {name}: the page says {step in buttons}, the action {met!r}, not {right!r}")

    assert wrong == []


# --- Nothing is left out ------------------------------------------------------------------------------


def state_in(world: SimpleNamespace, situation: str) -> str:
    """The state of a question in this situation."""
    with transaction.atomic():
        state = SITUATIONS[situation](world).question.state
        transaction.set_rollback(True)
    return state


def test_every_step_and_state_is_in_the_walk(world, db):
    rows = {row.name for machine in (MACHINE, PUBLICATION) for row in machine.steps} - {"propose_publication"}
    assert set(WHO) == rows
    assert set(EMERGENCY_WHO) == {row.name for row in EMERGENCY.steps}
    assert {state_in(world, situation) for situation in SITUATIONS} == set(State)


@pytest.mark.parametrize(
    "route", [route for route in ROUTES if route.name == "answers_desk:step"], ids=lambda route: route.part
)
def test_the_written_routes_agree_with_the_walk(world, route, db):
    """Routes speak of the office that holds it, of the leader, editor and auditor above it, and of its centre."""
    question = Walk(world).take(*ANSWERED).question
    posts = {
        "dispatcher": "centre",
        "spokesperson": "schools",
        "officer": "schools",
        "leader": "city",
        "editor": "city",
    }

    assert route.own == {role for role, office in posts.items() if f"{role}@{office}" in WHO[route.part](question)}
