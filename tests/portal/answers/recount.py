"""Every end that a question can have, counted from its events, day by day, apart from the desk's rules.

Written from docs/explanation/answer-deadlines.md and the states table, against the package of
holidays; nothing of `portal.answers.rules` or `portal.workdays` is used here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from chinese_calendar import is_workday

from portal.kernel.clock import SHANGHAI

DAY = timedelta(days=1)
HOURS_24 = timedelta(hours=24)
Pause = tuple[datetime, datetime]


@dataclass
class Days:
    """The working days of the package, without those that were closed by notice since."""

    closed: set[date] = field(default_factory=set)

    def works(self, day: date) -> bool:
        return is_workday(day) and day not in self.closed

    def end_of(self, since: datetime, count: int, pauses: tuple[Pause, ...] = ()) -> datetime:
        """The midnight after the `count`-th working day; one in whose midnight the clock stands still is none."""
        day = since.astimezone(SHANGHAI).date()
        while count:
            day += DAY
            midnight = start_of(day + DAY)
            count -= self.works(day) and not any(begin <= midnight < end for begin, end in pauses)
        return midnight

    def before(self, day: date, count: int) -> date:
        """The `count`-th working day before `day`."""
        while count:
            day -= DAY
            count -= self.works(day)
        return day


def start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, SHANGHAI)


def day_of(moment: datetime) -> date:
    return moment.astimezone(SHANGHAI).date()


@dataclass
class Recount:
    """One question. `wrong` gathers what the events themselves say and what counts otherwise.

    ends: the asker's clocks that were started, by name, each with its present end.
    stopped: those that have ended, with the verdict: outcome and instant; None is no verdict.
    legs: by id, since when and until when to accept.
    """

    days: Days
    submitted_at: datetime | None = None
    ends: dict[str, datetime] = field(default_factory=dict)
    stopped: dict[str, tuple[str, datetime] | None] = field(default_factory=dict)
    legs: dict[str, tuple[datetime, datetime | None]] = field(default_factory=dict)
    leg: str = ""
    leg_verdicts: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    extension: int = 0
    pauses: tuple[Pause, ...] = ()
    paused_at: datetime | None = None
    lapses_at: datetime | None = None
    reopened_at: datetime | None = None
    answered_again: bool = False
    rating_ends_at: datetime | None = None
    closes_at: datetime | None = None
    helpers: dict[str, datetime] = field(default_factory=dict)
    publication: str = "private"
    wrong: list[str] = field(default_factory=list)

    # --- What the events do ---------------------------------------------------------------------

    def hear(self, name: str, at: datetime, payload: Mapping[str, Any]) -> None:
        """Take in one event of the question's, or a change of the calendar."""
        self.pass_to(at)
        heard = getattr(self, f"_{name.rpartition('.')[2]}", None)
        if heard:
            heard(at, payload)

    def pass_to(self, now: datetime) -> None:
        """Let time pass: what has run out by `now` is late since it did."""
        if self.lapses_at is not None:
            now = min(now, self.lapses_at)
        for clock in list(self.running()):
            if self.ends[clock] <= now:
                self.stopped[clock] = ("late", self.ends[clock])
        _since, until = self.legs.get(self.leg, (None, None))
        if until is not None and until <= now:
            self.leg_verdicts.setdefault(self.leg, ("late", until))

    def running(self) -> list[str]:
        """The asker's clocks that run."""
        paused = {"reply"} if self.paused_at else set()
        return [clock for clock in self.ends if clock not in self.stopped and clock not in paused]

    def expect(self, what: str, said: str | None, counted: datetime | None) -> None:
        """Compare what an event says with what it counts to."""
        if (datetime.fromisoformat(said) if said else None) != counted:
            self.wrong.append(f"{what}: {said}, not {counted}")

    def _question_submitted(self, at: datetime, payload: Mapping[str, Any]) -> None:
        self.submitted_at, self.leg = at, payload["leg"]
        self.legs[self.leg] = (at, None)
        self.ends = {"accept": at + HOURS_24, "reply": self.days.end_of(at, 7)}
        self.expect("accept", payload["accept_due"], self.ends["accept"])
        self.expect("reply", payload["reply_due"], self.ends["reply"])

    def _moves(self, at: datetime, payload: Mapping[str, Any]) -> None:
        """To another office: 24 hours of its own, but none beyond the reply while that is ahead."""
        if payload["leg"] == self.leg:
            return
        until, reply = at + HOURS_24, self.ends["reply"]
        self.leg = payload["leg"]
        self.legs[self.leg] = (at, reply if at < reply < until else until)
        self.expect("the office's 24 hours", payload["leg_accept_due"], self.legs[self.leg][1])

    _question_dispatched = _question_transferred = _question_merged = _question_followed = _moves

    def _receipt_corrected(self, at: datetime, payload: Mapping[str, Any]) -> None:
        """What runs is counted from the corrected time, and may turn out to be missed; what has ended stays."""
        self.submitted_at = datetime.fromisoformat(payload["received_at"])
        counted = {
            "accept": self.submitted_at + HOURS_24,
            "reply": self._reply(),
            "plain": self.days.end_of(self.submitted_at, 7),
        }
        for clock in self.running():
            if clock in counted:
                self.ends[clock] = counted[clock]
                self.expect(f"the corrected {clock}", payload[f"{clock}_due"], counted[clock])

    def _back_to_centre(self, at: datetime, payload: Mapping[str, Any]) -> None:
        if payload["leg"] != self.leg:
            self.leg = payload["leg"]
            self.legs[self.leg] = (at, None)

    _question_unmerged = _question_recalled = _question_forwarded = _back_to_centre

    def _question_accepted(self, at: datetime, payload: Mapping[str, Any]) -> None:
        self._stop("accept", at)
        if self.legs[self.leg][1] is not None:
            self.leg_verdicts.setdefault(self.leg, ("in_time", at))

    def _extension_granted(self, at: datetime, payload: Mapping[str, Any]) -> None:
        self._split(payload)
        self.extension = payload["working_days"]
        self._count_reply(payload)

    def _clock_paused(self, at: datetime, payload: Mapping[str, Any]) -> None:
        self._split(payload)
        self.paused_at, self.lapses_at = at, self.days.end_of(at, 10)
        self.expect("lapses", payload["lapses_at"], self.lapses_at)

    def _clock_resumed(self, at: datetime, payload: Mapping[str, Any]) -> None:
        assert self.paused_at
        self.pauses = ((self.paused_at, at),)
        self.paused_at = self.lapses_at = None
        self._count_reply(payload)

    def _answer_released(self, at: datetime, payload: Mapping[str, Any]) -> None:
        for clock in ("reply", "plain"):
            self._stop(clock, at)
        self.rating_ends_at, self.closes_at = self.days.end_of(at, 10), self.days.end_of(at, 15)
        self.publication = payload["publication"]

    def _question_reopened(self, at: datetime, payload: Mapping[str, Any]) -> None:
        self.reopened_at = at
        self.ends["reopen"] = self.days.end_of(at, 5)
        self.expect("reopen", payload["due"], self.ends["reopen"])

    def _reopening_answered(self, at: datetime, payload: Mapping[str, Any]) -> None:
        self._stop("reopen", at)
        self.answered_again = True
        self.rating_ends_at = self.closes_at = self.days.end_of(at, 10)

    def _helper_asked(self, at: datetime, payload: Mapping[str, Any]) -> None:
        lead = self.ends["reply"] if self.reopened_at is None else self.ends["reopen"]
        last = day_of(lead) - DAY
        if not self.days.works(last):
            last = self.days.before(last, 1)
        ahead = start_of(self.days.before(last, 2) + DAY)
        due = min(max(ahead, start_of(day_of(at) + DAY)), lead)
        self.helpers[payload["office"]] = due
        self.expect("the helper's end", payload["due"], due)

    def _ends(self, at: datetime, payload: Mapping[str, Any]) -> None:
        """Not for us: what has not run out counts apart."""
        for clock in ("accept", "reply", "plain"):
            if clock in self.ends:
                self.stopped.setdefault(clock, ("not_admitted" if clock == "accept" else "void", at))
        self._over(at)

    _question_not_admitted = _question_handed_over = _question_lapsed = _ends

    def _question_withdrawn(self, at: datetime, payload: Mapping[str, Any]) -> None:
        for clock in self.ends:
            self.stopped.setdefault(clock, None)
        self._over(at)

    def _over(self, at: datetime) -> None:
        self.paused_at = self.lapses_at = None
        self.leg_verdicts.setdefault(self.leg, ("none", at))

    def _answer_published(self, at: datetime, payload: Mapping[str, Any]) -> None:
        self.publication = "published"

    def _publication_declined(self, at: datetime, payload: Mapping[str, Any]) -> None:
        self.publication = "declined"

    def _publication_withdrawn(self, at: datetime, payload: Mapping[str, Any]) -> None:
        self.publication = "withdrawn"

    def closed(self, at: datetime) -> None:
        """More days were closed: what runs ends later perhaps, earlier never; what has run out stays."""
        self.pass_to(at)
        counted = {"reply": self._reply(), "plain": self.days.end_of(self.submitted_at, 7)}
        if self.reopened_at:
            counted["reopen"] = self.days.end_of(self.reopened_at, 5)
        for clock in self.running():
            if clock in counted:
                self.ends[clock] = max(self.ends[clock], counted[clock])

    # --- How it counts ----------------------------------------------------------------------------

    def _reply(self) -> datetime:
        return self.days.end_of(self.submitted_at, 7 + self.extension, self.pauses)

    def _count_reply(self, payload: Mapping[str, Any]) -> None:
        self.ends["reply"] = max(self.ends["reply"], self._reply())
        self.expect("reply", payload["due"], self.ends["reply"])

    def _split(self, payload: Mapping[str, Any]) -> None:
        self.ends.setdefault("plain", self.ends["reply"])
        self.expect("plain", payload["plain_due"], self.ends["plain"])

    def _stop(self, clock: str, at: datetime) -> None:
        if clock in self.ends:
            self.stopped.setdefault(clock, ("in_time", at))
