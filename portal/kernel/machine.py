"""A state machine as a table: the action, the buttons, the tests and the diagram read it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class IllegalStep(Exception):
    """Raised when a step does not lead on from the present state."""

    def __init__(self, step: str, state: str) -> None:
        super().__init__(f"{step} is not open in state {state}")
        self.step = step
        self.state = state


@dataclass(frozen=True)
class Step:
    """One row of the table.

    name: the verb, which is also the name of the action and of the permission.
    sources: states it may start from. target: state it leads to; None keeps the state.
    by: the kinds of actor who may take it, for the diagram and the tests' walk.
    """

    name: str
    sources: frozenset[StrEnum]
    target: StrEnum | None
    by: frozenset[str]


@dataclass(frozen=True)
class Machine:
    """The transition table of one aggregate."""

    states: type[StrEnum]
    initial: StrEnum
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        names = [step.name for step in self.steps]
        if len(names) != len(set(names)):
            raise ValueError("a step's name must be unique in its machine")

    def step(self, name: str) -> Step:
        """Return the step called `name`. Raises KeyError for an unknown one."""
        for step in self.steps:
            if step.name == name:
                return step
        raise KeyError(name)

    def next_state(self, state: str, name: str) -> StrEnum:
        """Return the state that step `name` leads to from `state`. Raises IllegalStep."""
        step = self.step(name)
        current = self.states(state)
        if current not in step.sources:
            raise IllegalStep(name, state)
        return step.target or current

    def open_steps(self, state: str, allows: Callable[[Step], Any] = lambda step: True) -> tuple[Step, ...]:
        """Return the steps that lead on from `state` and that `allows` lets through, in table order."""
        current = self.states(state)
        return tuple(step for step in self.steps if current in step.sources and allows(step))

    def final_states(self) -> frozenset[StrEnum]:
        """Return the states that no step with a target leaves."""
        left = {source for step in self.steps if step.target for source in step.sources}
        return frozenset(self.states) - left

    def mermaid(self, label: Callable[[StrEnum], str] = str) -> str:
        """Draw the table as a Mermaid state diagram, stable in order."""
        lines = ["stateDiagram-v2"]
        lines += [f'    state "{label(state)}" as {state.value}' for state in self.states]
        lines.append(f"    [*] --> {self.initial.value}")
        lines += [f"    {source} --> {target}: {text}" for source, target, text in self._arrows()]
        lines += [f"    {state.value} --> [*]" for state in self.states if state in self.final_states()]
        return "\n".join(lines) + "\n"

    def _arrows(self) -> Iterator[tuple[str, str, str]]:
        for step in self.steps:
            for source in (state for state in self.states if state in step.sources):
                target = step.target or source
                yield source.value, target.value, f"{step.name} ({', '.join(sorted(step.by))})"
