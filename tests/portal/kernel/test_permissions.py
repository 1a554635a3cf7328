"""Rules say yes, or no with a reason that can be read out."""

from enum import StrEnum

import pytest

from portal.kernel.actors import ANONYMOUS, Actor, ActorKind, Grant
from portal.kernel.permissions import NotAllowed, Rule, UnknownPermission, can, demand, register, rule


class P(StrEnum):
    OPEN = "test.open"
    PAINT = "test.paint"


@rule("not_tall", "You are too short.")
def is_tall(actor: Actor, door: str) -> bool:
    return "tall" in actor.id


@rule("no_key", "You have no key.")
def has_key(actor: Actor, door: str) -> bool:
    return "key" in actor.id


def person(name: str) -> Actor:
    return Actor(kind=ActorKind.PERSON, id=name)


@pytest.fixture(autouse=True)
def policy(monkeypatch):
    monkeypatch.setattr("portal.kernel.permissions._policy", {})
    register({P.OPEN: is_tall & has_key, P.PAINT: is_tall | has_key})


@pytest.mark.parametrize(
    ("who", "permission", "code"),
    [
        ("tall key", P.OPEN, None),
        ("tall", P.OPEN, "no_key"),
        ("key", P.OPEN, "not_tall"),
        ("tall", P.PAINT, None),
        ("key", P.PAINT, None),
        ("", P.PAINT, "no_key"),
    ],
)
def test_a_refusal_carries_the_reason_of_the_rule_that_refused(who, permission, code):
    decision = can(person(who), permission, "door")

    assert bool(decision) is (code is None)
    assert (decision.reason and decision.reason.code) == code


def test_demand_raises_with_the_sentence():
    with pytest.raises(NotAllowed) as refused:
        demand(ANONYMOUS, P.OPEN, "door")

    assert str(refused.value.reason) == "You are too short."


def test_what_nobody_registered_is_not_silently_refused():
    class Q(StrEnum):
        FLY = "test.fly"

    with pytest.raises(UnknownPermission):
        can(person("tall key"), Q.FLY)


def test_a_permission_is_registered_once():
    with pytest.raises(ValueError, match="twice"):
        register({P.OPEN: Rule(lambda actor, obj: True)})


def test_a_role_reaches_down_the_tree_and_never_up_or_sideways():
    actor = Actor(kind=ActorKind.PERSON, id="x", grants=(Grant("leader", "office", "00010002"),))

    assert actor.holds_above("leader", "00010002")
    assert actor.holds_above("leader", "000100020001")
    assert not actor.holds_above("leader", "0001")
    assert not actor.holds_above("leader", "00010003")
    assert not actor.holds_above("editor", "00010002")
    assert actor.holds("leader", "office")
    assert not actor.holds("leader", "another")
