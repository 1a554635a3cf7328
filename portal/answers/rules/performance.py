"""The figures that the public may hold an office to, and when they are too few to compare.

Counted are verdicts, which are written once and never change; the headline is the plain promise, seven
working days without extension or pause. No rank under thirty: our number, a proposal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields

from portal.workdays.rules.promises import REPLY_WORKING_DAYS

RANKED_FROM = 30
SATISFIED_FROM = 4
PROMISED_DAYS = REPLY_WORKING_DAYS


@dataclass(frozen=True)
class Share:
    """A part of a whole. None of nothing is no percentage at all."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """Per cent with one decimal, rounded half up like a calculator; None without a whole."""
        return None if self.whole == 0 else (self.part * 2000 // self.whole + 1) // 2 / 10


@dataclass
class Tally:
    """What is counted of one office, one level or all, in one period.

    accepts, replies, plains: verdicts in all and in time. days: answers by the working days they took.
    rated, resolved, satisfied: by the askers' own verdicts. called: askers whom the centre was to call back and
    how that ended; resolved_by_call, satisfied_by_call: what those said who were reached. excluded: questions
    that count for no promise; objected: of those, the ones that should not have been left out, in somebody's
    opinion from outside the office.
    """

    accepts: int = 0
    accepts_in_time: int = 0
    plains: int = 0
    plains_in_time: int = 0
    replies: int = 0
    replies_in_time: int = 0
    answers: int = 0
    rated: int = 0
    resolved: int = 0
    satisfied: int = 0
    called: int = 0
    reached: int = 0
    not_reached: int = 0
    declined: int = 0
    not_called: int = 0
    resolved_by_call: int = 0
    satisfied_by_call: int = 0
    excluded: int = 0
    objected: int = 0
    returns_upheld: int = 0
    reopened: int = 0
    days: dict[int, int] = field(default_factory=dict)

    def add(self, other: "Tally") -> None:
        """Count another tally in."""
        for one in fields(self):
            if one.name != "days":
                setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))
        for days, count in other.days.items():
            self.days[days] = self.days.get(days, 0) + count

    @property
    def acceptance(self) -> Share:
        """Accepted within 24 hours."""
        return Share(self.accepts_in_time, self.accepts)

    @property
    def plain(self) -> Share:
        """Answered within seven working days, without extension or pause: the headline."""
        return Share(self.plains_in_time, self.plains)

    @property
    def reply(self) -> Share:
        """Answered by the date that held in the end."""
        return Share(self.replies_in_time, self.replies)

    @property
    def resolution(self) -> Share:
        """Of the answers that their askers rated, those that settled the matter."""
        return Share(self.resolved, self.rated)

    @property
    def satisfaction(self) -> Share:
        """Of the answers that their askers rated, those with four or five points."""
        return Share(self.satisfied, self.rated)

    @property
    def rating(self) -> Share:
        """Of the answers, those that their askers rated. Not rated is not satisfied."""
        return Share(self.rated, self.answers)

    @property
    def resolution_by_call(self) -> Share:
        """Of the askers who were reached, those who said that it settled the matter."""
        return Share(self.resolved_by_call, self.reached)

    @property
    def satisfaction_by_call(self) -> Share:
        """Of the askers who were reached, those who gave four or five points."""
        return Share(self.satisfied_by_call, self.reached)

    @property
    def reach(self) -> Share:
        """Of the askers who were to be called, those who were reached and answered."""
        return Share(self.reached, self.called)

    @property
    def reopening(self) -> Share:
        """Of the answers, those that were reopened."""
        return Share(self.reopened, self.answers)

    @property
    def median_days(self) -> float | None:
        """The median of the working days that the answers took; None without answers."""
        total = sum(self.days.values())
        if not total:
            return None
        low, high = _nth(self.days, (total - 1) // 2), _nth(self.days, total // 2)
        return (low + high) / 2

    @property
    def is_ranked(self) -> bool:
        """Tell whether there are enough to compare with others."""
        return self.plains >= RANKED_FROM


def spread(days: Mapping[int, int]) -> list[tuple[int, int | None, int]]:
    """Return how many answers took how long, day by day up to the promise and then in two heaps.

    A line each: from how many working days, to how many (None: no end), how many answers.
    """
    steps: list[tuple[int, int | None]] = [(day, day) for day in range(PROMISED_DAYS + 1)]
    steps += [(PROMISED_DAYS + 1, 2 * PROMISED_DAYS), (2 * PROMISED_DAYS + 1, None)]
    return [
        (low, high, sum(count for day, count in days.items() if low <= day and (high is None or day <= high)))
        for low, high in steps
    ]


def ranks(tallies: Mapping[str, Tally]) -> dict[str, int]:
    """Return the place of every office with enough to compare, by the headline; equals share a place."""
    shares = {key: tally.plain.percent or 0.0 for key, tally in tallies.items() if tally.is_ranked}
    return {key: 1 + sum(other > share for other in shares.values()) for key, share in shares.items()}


def total(tallies: Iterable[Tally]) -> Tally:
    """Return everything together."""
    together = Tally()
    for tally in tallies:
        together.add(tally)
    return together


def _nth(counts: Mapping[int, int], index: int) -> int:
    """Return the value at `index` (from 0) of the sorted values that `counts` describes."""
    for value in sorted(counts):
        index -= counts[value]
        if index < 0:
            return value
    raise IndexError(index)
