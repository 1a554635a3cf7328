"""From what a notice says to the days of a whole year, and what that changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal.kernel.workdays import ONE_DAY
from portal.workdays.rules.announcements import Reading
from portal.workdays.rules.clauses import Longer
from portal.workdays.rules.festivals import JOINT
from portal.workdays.rules.notices import Kind, NoticeDay, is_weekend


@dataclass(frozen=True)
class Change:
    """A day that will be another one. None: no document names it, it follows the week."""

    date: date
    before: NoticeDay | None
    after: NoticeDay | None

    @property
    def moves_dates(self) -> bool:
        """Tell whether the day begins or ceases to be a working day: a day off on a Sunday changes no promise."""
        return _works(self.date, self.before) is not _works(self.date, self.after)


@dataclass(frozen=True)
class Stretch:
    """Consecutive changes of one kind, `first` and `last` included. before, after: of the first day."""

    first: date
    last: date
    before: NoticeDay | None
    after: NoticeDay | None
    moves_dates: bool


def whole_year(reading: Reading, in_force: Iterable[NoticeDay]) -> tuple[NoticeDay, ...]:
    """Return the days of the year as they are to be.

    in_force: those of the year's version in force. A yearly notice takes their place; an amendment
    arranges its own festivals anew and leaves the others as they are.
    """
    if not reading.amends:
        return reading.days
    anew = {name for day in reading.days for name in day.name.split(JOINT)}
    days = {day.date: day for day in in_force if not anew & set(day.name.split(JOINT))}
    days |= {day.date: day for longer in reading.longer for day in _longer(longer, days.values())}
    days |= {day.date: day for day in reading.days}
    return tuple(days[day] for day in sorted(days))


def changes(before: Iterable[NoticeDay], after: Iterable[NoticeDay]) -> tuple[Change, ...]:
    """Return the days whose kind changes, in order; a day under another name is none."""
    old, new = ({day.date: day for day in days} for days in (before, after))
    return tuple(
        Change(day, old.get(day), new.get(day))
        for day in sorted(old.keys() | new.keys())
        if _kind(old.get(day)) is not _kind(new.get(day))
    )


def stretches(found: Iterable[Change]) -> tuple[Stretch, ...]:
    """Return changes as people speak of them: from the first to the last day of each."""
    runs: list[list[Change]] = []
    for change in found:
        if runs and change.date == runs[-1][-1].date + ONE_DAY and _said(change) == _said(runs[-1][-1]):
            runs[-1].append(change)
        else:
            runs.append([change])
    return tuple(Stretch(run[0].date, run[-1].date, run[0].before, run[0].after, run[0].moves_dates) for run in runs)


def _said(change: Change) -> tuple[object, ...]:
    return (
        *((day.kind, day.name) if day else None for day in (change.before, change.after)),
        change.moves_dates,
    )


def _longer(longer: Longer, days: Iterable[NoticeDay]) -> list[NoticeDay]:
    """Return the days that a festival has besides, up to the day until which it now lasts."""
    own = [day for day in days if day.kind is Kind.OFF and longer.name in day.name.split(JOINT)]
    if not own:
        return []
    last = max(own, key=lambda day: day.date)
    added = (longer.until - last.date).days
    return [NoticeDay(last.date + n * ONE_DAY, Kind.OFF, last.name, last.name_en) for n in range(1, added + 1)]


def _kind(day: NoticeDay | None) -> Kind | None:
    return day.kind if day else None


def _works(day: date, named: NoticeDay | None) -> bool:
    return named.kind is Kind.WORK if named else not is_weekend(day)
