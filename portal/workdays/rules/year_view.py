"""A year as twelve small months: what stands in each cell of the calendar."""

from calendar import Calendar
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from portal.kernel.workdays import ONE_DAY
from portal.workdays.rules.explain import NamedDay
from portal.workdays.rules.notices import Kind, Layer, is_weekend

# Monday first: what working days are counted by.
_WEEKS = Calendar(firstweekday=0)


@dataclass(frozen=True)
class Cell:
    """One day. kind: "off" or "work" where a document says so, "" where the week does.

    is_changed: it will be another day than the one in force.
    """

    date: date
    kind: str
    name: str
    is_weekend: bool
    is_local: bool
    is_changed: bool


@dataclass(frozen=True)
class Month:
    """A month as rows of seven, Monday first; None where the days of another month would stand."""

    first: date
    weeks: tuple[tuple[Cell | None, ...], ...]


@dataclass(frozen=True)
class Span:
    """Consecutive days of one kind and name, `first` and `last` included."""

    kind: Kind
    name: str
    layer: Layer
    first: date
    last: date

    @property
    def length(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


def months_of(year: int, named: Mapping[date, NamedDay], changed: Collection[date] = ()) -> tuple[Month, ...]:
    """Return the twelve months of a year. changed: days that will differ from those in force."""

    def cell(day: date) -> Cell:
        note = named.get(day)
        return Cell(
            date=day,
            kind=note.kind.value if note else "",
            name=note.name if note else "",
            is_weekend=is_weekend(day),
            is_local=bool(note and note.layer is Layer.LOCAL),
            is_changed=day in changed,
        )

    return tuple(
        Month(
            date(year, month, 1),
            tuple(
                tuple(cell(date(year, month, day)) if day else None for day in week)
                for week in _WEEKS.monthdayscalendar(year, month)
            ),
        )
        for month in range(1, 13)
    )


def spans(named: Mapping[date, NamedDay]) -> tuple[Span, ...]:
    """Return named days as people speak of them: from the first to the last of each holiday, in order."""
    return tuple(_spans((day, named[day]) for day in sorted(named)))


def _spans(days: Iterable[tuple[date, NamedDay]]) -> Iterator[Span]:
    run: list[tuple[date, NamedDay]] = []
    for day, note in days:
        if run and (run[-1][1] != note or day != run[-1][0] + ONE_DAY):
            yield _span(run)
            run = []
        run.append((day, note))
    if run:
        yield _span(run)


def _span(run: list[tuple[date, NamedDay]]) -> Span:
    first, note = run[0]
    return Span(note.kind, note.name, note.layer, first, run[-1][0])
