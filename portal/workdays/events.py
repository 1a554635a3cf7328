"""What happens to the calendar. Codes and numbers only."""

from dataclasses import dataclass
from typing import ClassVar

from portal.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class VersionEvent(Event):
    """About one version: its id, and the layer, year and number under which people know it."""

    version: int
    layer: str
    year: int
    number: int


@dataclass(frozen=True, kw_only=True)
class CalendarProposed(VersionEvent):
    """A draft waits for a second person."""

    name: ClassVar[str] = "workdays.calendar_proposed"


@dataclass(frozen=True, kw_only=True)
class CalendarRejected(VersionEvent):
    """The second person did not agree; the reason stands with the version."""

    name: ClassVar[str] = "workdays.calendar_rejected"


@dataclass(frozen=True, kw_only=True)
class CalendarWithdrawn(VersionEvent):
    """The proposer took a draft back."""

    name: ClassVar[str] = "workdays.calendar_withdrawn"


@dataclass(frozen=True, kw_only=True)
class CalendarLoaded(VersionEvent):
    """A second person has confirmed: the version counts. Open clocks are to be recomputed under the new edition.

    replaces: number of the version it supersedes, 0 when it is the first of its year.
    """

    name: ClassVar[str] = "workdays.calendar_loaded"
    replaces: int
    edition: int


@dataclass(frozen=True, kw_only=True)
class YearMissing(Event):
    """A year has not been announced although it is time. urgent: dates of that year are being promised."""

    name: ClassVar[str] = "workdays.year_missing"
    year: int
    urgent: bool
