"""A state table: what it allows, refuses and draws."""

from enum import StrEnum

import pytest

from portal.kernel.machine import IllegalStep, Machine, Step


class Light(StrEnum):
    RED = "red"
    GREEN = "green"
    OFF = "off"


CHANGE = Step("change", frozenset({Light.RED}), Light.GREEN, frozenset({"clock"}))
POLISH = Step("polish", frozenset({Light.RED, Light.GREEN}), None, frozenset({"worker", "clock"}))
SWITCH_OFF = Step("switch_off", frozenset({Light.GREEN}), Light.OFF, frozenset({"worker"}))
MACHINE = Machine(Light, Light.RED, (CHANGE, POLISH, SWITCH_OFF))


def test_a_step_leads_on_from_its_sources_only():
    assert MACHINE.next_state("red", "change") == Light.GREEN
    with pytest.raises(IllegalStep) as refused:
        MACHINE.next_state("off", "change")
    assert (refused.value.step, refused.value.state) == ("change", "off")


def test_a_step_without_target_keeps_the_state():
    assert MACHINE.next_state("green", "polish") == Light.GREEN


def test_an_unknown_step_or_state_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        MACHINE.next_state("red", "explode")
    with pytest.raises(ValueError, match="purple"):
        MACHINE.next_state("purple", "change")


def test_two_steps_cannot_share_a_name():
    with pytest.raises(ValueError, match="unique"):
        Machine(Light, Light.RED, (CHANGE, CHANGE))


def test_open_steps_come_in_the_tables_order_and_only_those_let_through():
    assert MACHINE.open_steps("green") == (POLISH, SWITCH_OFF)
    assert MACHINE.open_steps("green", lambda step: "clock" in step.by) == (POLISH,)


def test_final_is_what_no_step_leaves():
    assert MACHINE.final_states() == {Light.OFF}


def test_the_drawing_names_every_state_and_every_arrow_and_is_stable():
    drawing = MACHINE.mermaid(str.upper)

    assert drawing == MACHINE.mermaid(str.upper)
    assert 'state "RED" as red' in drawing
    assert "[*] --> red" in drawing
    assert "red --> green: change (clock)" in drawing
    assert "green --> green: polish (clock, worker)" in drawing
    assert "off --> [*]" in drawing
