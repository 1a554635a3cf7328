"""`P.VIEW` and its list twin agree; a predicate asks no database."""

import pytest

from portal.accounts.models import Office
from portal.answers.actions import screening
from portal.answers.models import AskDraft, Question
from portal.answers.permissions import P
from portal.answers.queries.visibility import visible_to
from portal.kernel.actors import ANONYMOUS, Actor
from portal.kernel.permissions import can
from tests.factories.answers import AT_MONDAY, accepted, answered, ask, dispatched, entered

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
    entered(district, confidential=True)
    secret = ask(district, by=district.resident, confidential=True)
    screening.dispatch(
        secret.pk,
        office_id=district.schools.pk,
        public_title="",
        cleared_text="某校收费不开票。",
        by=district.dispatcher,
        clock=AT_MONDAY,
    )
    return list(Question.objects.select_related("office", "centre"))


def test_list_and_decision_agree_for_everybody(district, questions):
    actors = [getattr(district, name) for name in PEOPLE] + [
        ANONYMOUS,
        Actor(tracked=frozenset({str(questions[1].pk)})),
    ]
    for actor in actors:
        decided = {question.pk for question in questions if can(actor, P.VIEW, question)}

        assert set(visible_to(actor).values_list("pk", flat=True)) == decided


def test_what_came_in_by_a_centre_stays_with_it_when_it_no_longer_is_one(district, questions):
    Office.objects.filter(pk=district.centre.pk).update(is_centre=False)

    assert set(visible_to(district.dispatcher)) == set(questions)


def test_a_stranger_sees_nothing_and_a_resident_only_the_own(district, questions):
    assert not visible_to(district.stranger).exists()
    assert {str(question.asker_id) for question in visible_to(district.resident)} == {district.resident.id}


def test_an_editor_sees_only_what_may_be_published(district, questions):
    assert {question.publication for question in visible_to(district.editor)} == {"proposed"}


def about(permission, question):
    """What a permission is asked of."""
    if permission in (P.SET_ROTA, P.ENTER_AT, P.WRITE_PASSAGES):
        return question.office
    return AskDraft() if permission is P.SEE_ENTRY else question


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
