"""So that no case is orphaned when somebody leaves.

Cases belong to offices, not to persons: when an appointment ends, they stay where they are
and whoever holds the role there goes on. What must not happen is that nobody does. Apps above
tell here how many open cases wait for a role at an office; the last person who can act on them
may leave only together with naming a successor (`actions.end_appointment`).
"""

from collections.abc import Callable
from uuid import UUID

# Counts the open cases that only `role` at this office can move on. Runs inside the transaction
# that ends the appointment, under the lock of the office's row.
OpenCases = Callable[[UUID, str], int]

_checks: dict[str, OpenCases] = {}


def register(name: str, count: OpenCases) -> None:
    """Let an app say how many of its open cases depend on a role; `name` is stable, such as "answers"."""
    if name in _checks and _checks[name] is not count:
        raise ValueError(f"two checks of who may leave are called {name}")
    _checks[name] = count


def open_cases(office_id: UUID, role: str) -> int:
    """Return how many open cases of all apps wait for `role` at this office."""
    return sum(count(office_id, role) for _name, count in sorted(_checks.items()))
