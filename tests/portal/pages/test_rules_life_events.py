"""The rules behind life events and sessions."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.pages.rules.bringing import Bring, Needed, bring_once
from portal.pages.rules.errands import fewest
from portal.pages.rules.journeys import Relation, places, progress
from portal.pages.rules.sessions import Phase, phase

pytestmark = pytest.mark.unit

THEN, AND, OR = Relation


@pytest.mark.parametrize(
    ("relations", "numbers", "alternatives"),
    [
        ([], [], []),
        ([THEN, THEN, THEN], [1, 2, 3], []),
        ([OR, THEN], [1, 2], []),  # the first follows nothing
        ([THEN, AND, THEN], [1, 1, 2], []),
        ([THEN, THEN, OR, OR, THEN], [1, 2, 2, 2, 3], [1, 2, 3]),
        ([THEN, OR, AND], [1, 1, 1], [0, 1]),
    ],
)
def test_steps_that_belong_together_share_a_number(relations, numbers, alternatives):
    found = places(relations)

    assert [place.number for place in found] == numbers
    assert [index for index, place in enumerate(found) if place.is_alternative] == alternatives


@pytest.mark.parametrize(
    ("done", "expected"),
    [([], (0, 4)), ([0], (1, 4)), ([2], (1, 4)), ([1, 2], (1, 4)), ([0, 2, 3, 4], (4, 4)), ([9], (0, 4))],
)
def test_of_alternatives_one_is_enough(done, expected):
    assert progress(places([THEN, THEN, OR, AND, THEN]), done) == expected


@given(st.lists(st.sampled_from(Relation)))
def test_whoever_does_everything_is_done(relations):
    done, total = progress(places(relations), range(len(relations)))

    assert done == total <= len(relations)


def test_what_several_services_need_is_named_once_and_first():
    needed = [
        Needed("租房合同", "居住证", 1, 1),
        Needed("户口簿", "上户口", 1, 1),
        Needed("居民身份证", "上户口", 1, 0),
        Needed("户口簿 ", "医保", 1, 2, is_certain=False),
        Needed("居民身份证", "医保", 2, 1),
    ]

    assert bring_once(needed) == [
        Bring("户口簿", ("上户口", "医保"), 1, 3, is_certain=True),
        Bring("居民身份证", ("上户口", "医保"), 2, 1, is_certain=True),
        Bring("租房合同", ("居住证",), 1, 1, is_certain=True),
    ]


def test_a_service_that_names_a_paper_for_two_sorts_of_people_wants_it_once():
    needed = [Needed("证明（甲）", "上学", 1, 1, is_certain=False), Needed("证明(甲)", "上学", 1, 2, is_certain=False)]

    assert bring_once(needed) == [Bring("证明（甲）", ("上学",), 1, 2, is_certain=False)]


@given(st.lists(st.builds(Needed, st.sampled_from("甲乙丙"), st.sampled_from("123"), st.just(1), st.integers(0, 3))))
def test_nothing_that_is_needed_is_forgotten(needed):
    found = bring_once(needed)

    assert {bring.name for bring in found} == {one.name for one in needed}
    assert len(found) == len({bring.name for bring in found})
    assert {(bring.name, service) for bring in found for service in bring.services} == {
        (one.name, one.service) for one in needed
    }


@pytest.mark.parametrize(
    ("handled", "enough"),
    [
        ({}, []),
        ({"街道": {1}}, ["街道"]),
        ({"街道": {1, 2}, "派出所": {3}, "区中心": {1}}, ["街道", "派出所"]),
        ({"甲": {1}, "乙": {1}}, ["甲"]),  # of equals the first
        ({"甲": {1, 2}, "乙": {1, 2, 3}, "丙": {4}}, ["乙", "丙"]),
    ],
)
def test_as_few_places_as_possible_are_named(handled, enough):
    assert fewest(handled) == enough


@given(st.dictionaries(st.integers(0, 9), st.frozensets(st.integers(0, 6))))
def test_at_the_places_named_everything_is_done_and_none_is_superfluous_at_its_turn(handled):
    chosen = fewest(handled)
    done = set()

    for place in chosen:
        assert not handled[place] <= done
        done |= handled[place]
    assert done == {errand for errands in handled.values() for errand in errands}


def test_a_session_runs_from_its_start_until_just_before_its_end():
    start = datetime(2026, 3, 2, 2, tzinfo=UTC)
    end = start + timedelta(hours=1)

    def at(now, *, is_cancelled=False):
        return phase(now, start, end, is_cancelled=is_cancelled)

    assert at(start - timedelta(seconds=1)) is Phase.AHEAD
    assert at(start) is Phase.RUNNING
    assert at(end) is Phase.OVER
    assert at(start, is_cancelled=True) is Phase.CANCELLED
