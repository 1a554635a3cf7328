"""What the verdicts must be, from what was done: day by day over the calendar, clock by clock.

Written from docs/explanation/answer-deadlines.md and apart from the portal, of which it imports
nothing; its working days are those of chinesecalendar. It knows no stored date, only deeds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from chinese_calendar import is_workday

CHINA = timezone(timedelta(hours=8))
DAY = timedelta(days=1)
ENDS = ("withdrawn", "refused", "lapsed")


@dataclass(frozen=True)
class Deed:
    """Something that was done with a question.

    what: asked, given (to an office, "" is the centre), accepted, extended (by days), paused, resumed,
    answered, reopened, answered again, and the three `ENDS`.
    """

    at: datetime
    what: str
    office: str = ""
    days: int = 0


@dataclass(frozen=True)
class Expected:
    """A verdict. leg: 0 for the asker's own clock, else the number of the leg; held_by: the leg it is booked to."""

    clock: str
    leg: int
    outcome: str
    due: datetime
    at: datetime
    held_by: int


def midnight(day: date) -> datetime:
    """Return the end of a day, in China."""
    return datetime(day.year, day.month, day.day, tzinfo=CHINA) + DAY


def after_working_days(since: datetime, wanted: int, pauses: Sequence[tuple[datetime, datetime]] = ()) -> datetime:
    """Return the end of the `wanted`-th working day after the day of `since`; a day counts if the clock runs at its end."""
    day = since.astimezone(CHINA).date()
    while wanted:
        day += DAY
        stood_still = any(begin <= midnight(day) < end for begin, end in pauses)
        if is_workday(day) and not stood_still:
            wanted -= 1
    return midnight(day)


def wait_ends(asked_at: datetime) -> datetime:
    """Return until when an asker may answer the office's question: ten working days."""
    return after_working_days(asked_at, 10)


class Story:
    """What was done with one question, up to an instant, in the order in which it was done."""

    def __init__(self, deeds: Sequence[Deed], until: datetime) -> None:
        self.deeds, self.until = list(deeds), until
        self.asked_at = self.deeds[0].at
        self.legs = [deed for deed in self.deeds if deed.what in ("asked", "given")]
        self.end = next((deed for deed in self.deeds if deed.what in ENDS), None)

    def first(self, what: str) -> Deed | None:
        """Return the first deed of a kind."""
        return next((deed for deed in self.deeds if deed.what == what), None)

    def verdicts(self) -> set[Expected]:
        """Return every verdict that there must be."""
        return set(filter(None, [self._accept(), self._reply(), self._plain(), self._reopen(), *self._legs()]))

    # --- The asker's clocks -------------------------------------------------------------------

    def _accept(self) -> Expected | None:
        return self._verdict("accept", self.asked_at + timedelta(hours=24), self.first("accepted"))

    def _reply(self) -> Expected | None:
        limits = list(self._reply_limits())
        answered = self.first("answered")
        stops_at = min((deed.at for deed in (answered, self.end) if deed), default=self.until)
        for (_since, limit), following in zip(limits, [since for since, _ in limits[1:]] + [stops_at], strict=True):
            if limit is not None and limit <= following:
                return self._late("reply", limit)
        last = next(limit for _since, limit in reversed(limits) if limit is not None)
        stood_still = limits[-1][1] is None
        if stood_still and not (self.end and self.end.what == "lapsed"):
            return None
        return self._verdict("reply", last, answered, stood_still=stood_still)

    def _plain(self) -> Expected | None:
        """The date first promised, once an extension or a pause has moved the other."""
        if not (self.first("extended") or self.first("paused")):
            return None
        return self._verdict("plain", after_working_days(self.asked_at, 7), self.first("answered"))

    def _reopen(self) -> Expected | None:
        reopened = self.first("reopened")
        if reopened is None:
            return None
        return self._verdict("reopen", after_working_days(reopened.at, 5), self.first("answered again"))

    def _reply_limits(self) -> Iterator[tuple[datetime, datetime | None]]:
        """Yield from when on the reply had to come by when; None while the clock stands still."""
        limit, days, pauses, paused_at = after_working_days(self.asked_at, 7), 7, [], None
        yield self.asked_at, limit
        for deed in self.deeds:
            if deed.what == "extended":
                days += deed.days
            elif deed.what == "paused":
                paused_at = deed.at
                yield deed.at, None
                continue
            elif deed.what == "resumed" and paused_at:
                pauses.append((paused_at, deed.at))
            else:
                continue
            limit = max(limit, after_working_days(self.asked_at, days, pauses))
            yield deed.at, limit

    # --- The legs' own 24 hours -----------------------------------------------------------------

    def _legs(self) -> Iterator[Expected]:
        for number, leg in enumerate(self.legs, start=1):
            if not leg.office:
                continue
            place = self.deeds.index(leg)
            passed_on = next((deed for deed in self.deeds[place + 1 :] if deed.what == "given"), None)
            mine = self.deeds[place : self.deeds.index(passed_on) if passed_on else None]
            accepted = next((deed for deed in mine if deed.what == "accepted"), None)
            due = leg.at + timedelta(hours=24)
            limit = [limit for since, limit in self._reply_limits() if since <= leg.at][-1]
            if limit is not None and leg.at < limit < due:
                due = limit
            if accepted and accepted.at < due:
                yield Expected("accept", number, "in_time", due, accepted.at, number)
            elif due <= min(deed.at for deed in (passed_on, self.end, Deed(self.until, "")) if deed):
                yield Expected("accept", number, "late", due, due, number)

    # --- How a clock ends -----------------------------------------------------------------------

    def _verdict(self, clock: str, due: datetime, stop: Deed | None, *, stood_still: bool = False) -> Expected | None:
        """Return how a clock that was due at `due` ended: by the deed that stops it, by the question's end, or not."""
        if stop and stop.at < due:
            return Expected(clock, 0, "in_time", due, stop.at, self._holder_when(stop))
        if self.end and (self.end.at < due or stood_still):
            return self._ended(clock, due, self.end)
        if due <= self.until:
            return self._late(clock, due)
        return None

    def _ended(self, clock: str, due: datetime, end: Deed) -> Expected | None:
        if end.what == "withdrawn":
            return None
        outcome = "not_admitted" if clock == "accept" else "void"
        return Expected(clock, 0, outcome, due, end.at, self._holder_when(end))

    def _late(self, clock: str, due: datetime) -> Expected:
        held_by = max(number for number, leg in enumerate(self.legs, start=1) if leg.at < due)
        return Expected(clock, 0, "late", due, due, held_by)

    def _holder_when(self, deed: Deed) -> int:
        return sum(one.what in ("asked", "given") for one in self.deeds[: self.deeds.index(deed)])
