"""`P.VIEW` and its list twin agree; a predicate asks no database."""

import pytest

from portal.answers.models import Question
from portal.answers.permissions import P
from portal.answers.queries.visibility import visible_to
from portal.kernel.actors import ANONYMOUS, Actor
from portal.kernel.permissions import can
from tests.factories.answers import accepted, answered, ask, dispatched

pytestmark = [pytest.mark.db, pytest.mark.django_db]

PEOPLE = (
    "dispatcher", "second_dispatcher", "spokesperson", "officer", "leader", "street_spokesperson", "editor",
    "auditor", "resident", "stranger",
)  # fmt: skip


@pytest.fixture
def questions(district):
    ask(district, by=district.resident)
    ask(district)
    dispatched(district)
    accepted(district, by=district.resident, consents=False)
    answered(district)
    answered(district, consents=False)
    return list(Question.objects.select_related("office", "centre"))


def test_list_and_decision_agree_for_everybody(district, questions):
    actors = [getattr(district, name) for name in PEOPLE] + [
        ANONYMOUS,
        Actor(tracked=frozenset({str(questions[1].pk)})),
    ]
    for actor in actors:
        decided = {question.pk for question in questions if can(actor, P.VIEW, question)}

        assert set(visible_to(actor).values_list("pk", flat=True)) == decided


def test_a_stranger_sees_nothing_and_a_resident_only_the_own(district, questions):
    assert not visible_to(district.stranger).exists()
    assert {str(question.asker_id) for question in visible_to(district.resident)} == {district.resident.id}


def test_an_editor_sees_only_what_may_be_published(district, questions):
    assert {question.publication for question in visible_to(district.editor)} == {"proposed"}


def about(permission, question):
    """What a permission is asked of."""
    return question.office if permission is P.SET_ROTA else question


def test_predicates_run_no_query(district, questions, django_assert_num_queries):
    with django_assert_num_queries(0):
        for permission in P:
            for name in PEOPLE:
                can(getattr(district, name), permission, about(permission, questions[0]))


def test_every_refusal_has_a_sentence(district, questions):
    for permission in P:
        decision = can(district.stranger, permission, about(permission, questions[0]))

        assert not decision
        assert str(decision.reason)
