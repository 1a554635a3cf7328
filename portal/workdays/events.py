"""What happens to the calendar. Codes and numbers only."""

from dataclasses import dataclass
from typing import ClassVar

from portal.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class CalendarLoaded(Event):
    """A notice took effect. Open clocks are to be recomputed under the new edition.

    replaces: number of the version it supersedes, 0 when it is the first of its year.
    """

    name: ClassVar[str] = "workdays.calendar_loaded"
    layer: str
    year: int
    number: int
    replaces: int
    edition: int
