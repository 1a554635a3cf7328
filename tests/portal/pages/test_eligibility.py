"""Who can apply and what they need: from a few answers to a personal checklist."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.pages.rules.eligibility import (
    AGE,
    KIND,
    Applicant,
    Condition,
    Entitlement,
    Item,
    Kind,
    Outcome,
    checklist,
    questions,
)

PERMIT = Condition(kinds=frozenset({Kind.PERMIT}))
DORMANT = Condition(kinds=frozenset({Kind.PERMIT_DORMANT}))
ENTITLEMENTS = [
    Entitlement(Condition(kinds=frozenset({Kind.REGISTERED})), Outcome.YES),
    Entitlement(PERMIT, Outcome.LIMITED, "须积分入学"),
    Entitlement(DORMANT, Outcome.NO, "请先补办签注"),
]
ITEMS = [Item(1, Condition()), Item(2, PERMIT), Item(3, Condition(has="has-house")), Item(4, Condition(age_to=17))]


@pytest.mark.parametrize(
    ("applicant", "outcome", "items"),
    [
        (Applicant(Kind.REGISTERED, 30), Outcome.YES, (1,)),
        (Applicant(Kind.REGISTERED, 17), Outcome.YES, (1, 4)),
        (Applicant(Kind.PERMIT, 30), Outcome.LIMITED, (1, 2)),
        (Applicant(Kind.PERMIT, 30, frozenset({"has-house"})), Outcome.LIMITED, (1, 2, 3)),
        (Applicant(Kind.PERMIT_DORMANT, 30), Outcome.NO, ()),
        (Applicant(Kind.TEMPORARY, 30), Outcome.NO, ()),
    ],
)
def test_entitlements_differ_by_permit_and_the_list_is_personal(applicant, outcome, items):
    found = checklist(applicant, ENTITLEMENTS, ITEMS)

    assert (found.outcome, found.items) == (outcome, items)


def test_a_refusal_says_what_to_do():
    assert checklist(Applicant(Kind.PERMIT_DORMANT), ENTITLEMENTS, ITEMS).explanation == "请先补办签注"


def test_a_guide_that_names_nobody_is_open_to_everybody():
    assert checklist(Applicant(Kind.ELSEWHERE), [], [Item(1, Condition())]).items == (1,)


def test_the_first_entitlement_that_fits_counts():
    both = [Entitlement(Condition(), Outcome.YES), *ENTITLEMENTS]

    assert checklist(Applicant(Kind.PERMIT_DORMANT), both, []).outcome is Outcome.YES


@pytest.mark.parametrize(("age", "fits"), [(5, False), (6, True), (15, True), (16, False), (None, True)])
def test_ages_include_both_bounds(age, fits):
    assert Condition(age_from=6, age_to=15).fits(Applicant(Kind.REGISTERED, age)) is fits


def test_only_what_makes_a_difference_is_asked():
    conditions = [item.condition for item in ITEMS] + [entry.condition for entry in ENTITLEMENTS]

    assert questions(conditions, ["unused", "has-house"]) == (KIND, AGE, "has-house")
    assert questions([Condition()], ["unused"]) == ()


conditions = st.builds(
    Condition,
    kinds=st.frozensets(st.sampled_from(Kind), max_size=3),
    age_from=st.none() | st.integers(0, 120),
    age_to=st.none() | st.integers(0, 120),
    has=st.sampled_from(["", "a", "b"]),
    lacks=st.sampled_from(["", "a", "b"]),
)
applicants = st.builds(
    Applicant, kind=st.sampled_from(Kind), age=st.integers(0, 120), has=st.frozensets(st.sampled_from(["a", "b"]))
)


@given(applicants, st.lists(conditions, max_size=6))
def test_the_list_keeps_the_guides_order_and_holds_what_fits_and_nothing_else(applicant, found):
    items = [Item(number, condition) for number, condition in enumerate(found)]

    assert list(checklist(applicant, [], items).items) == [
        number for number, condition in enumerate(found) if condition.fits(applicant)
    ]


@given(st.lists(conditions, max_size=6), applicants, st.data())
def test_what_is_not_asked_changes_nothing(found, applicant, data):
    asked = questions(found, ["a", "b"])
    other = Applicant(
        applicant.kind if KIND in asked else data.draw(st.sampled_from(Kind)),
        applicant.age if AGE in asked else data.draw(st.integers(0, 120)),
        frozenset(key for key in "ab" if (key in applicant.has if key in asked else data.draw(st.booleans()))),
    )

    assert [c.fits(applicant) for c in found] == [c.fits(other) for c in found]
