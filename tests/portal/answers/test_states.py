import pytest

from portal.answers.labels import CALL_STATE, PUBLIC_STATE, PUBLICATION_STATE, STAFF_STATE, STEP
from portal.answers.permissions import STEP_PERMISSION
from portal.answers.states import CALL_BACK, MACHINE, OPEN, PUBLICATION, CallState, Publication, State

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("machine", [MACHINE, PUBLICATION, CALL_BACK])
def test_every_state_can_be_reached(machine):
    reached = {machine.initial}
    while more := {s.target for s in machine.steps if s.target and s.sources & reached} - reached:
        reached |= more

    assert reached == set(machine.states)


def test_only_ended_questions_have_no_way_on():
    assert MACHINE.final_states() == {
        State.NOT_ADMITTED,
        State.WITHDRAWN,
        State.LAPSED,
        State.HANDED_OVER,
    }


def test_a_closed_question_opens_again_by_a_second_look_only():
    onward = {step.name for step in MACHINE.open_steps(State.CLOSED) if step.target}

    assert onward == {"request_reopening", "reopen_by_call"}


def test_a_call_back_that_has_ended_stays_as_it_is():
    assert CALL_BACK.final_states() == set(CallState) - {CallState.OPEN}


def test_every_open_state_can_be_withdrawn_until_the_first_answer():
    assert MACHINE.step("withdraw").sources == OPEN - {State.REOPEN_REVIEW, State.REOPENED}


def test_every_state_and_step_has_its_words():
    assert set(PUBLIC_STATE) == set(STAFF_STATE) == set(State)
    assert set(PUBLICATION_STATE) == set(Publication)
    assert set(CALL_STATE) == set(CallState)
    assert {step.name for step in MACHINE.steps} <= set(STEP)


def test_every_step_is_decided_by_a_permission():
    assert {step.name for step in MACHINE.steps} <= set(STEP_PERMISSION)


def test_only_a_spokesperson_accepts():
    assert MACHINE.step("accept").by == {"office"}
