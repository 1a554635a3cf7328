"""Recompute a question's verdicts from its events alone, as an outsider would.

Takes what the journal holds (names, instants, payloads) and none of the desk's tables: the
properties compare the two. The calendar is not asked again: the due instants are in the
event of submission, with the version of the calendar they were computed from.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from portal.answers.rules.verdicts import ClockKind, Holding, Outcome, Ruling, RunningClock, breaches, stopped


@dataclass(frozen=True)
class Happened:
    """An event as published: name, instant, payload."""

    name: str
    at: datetime
    payload: Mapping[str, Any]


@dataclass
class _Replay:
    clocks: dict[tuple[ClockKind, str], RunningClock] = field(default_factory=dict)
    holdings: list[Holding] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    plain_until: str | None = None
    paused: RunningClock | None = None
    lapses_at: datetime | None = None

    def settle(self, now: datetime) -> None:
        # When the asker's time for an answer was over the question had ended, though its event came later or never.
        until = min(now, self.lapses_at or now)
        for ruling in breaches(list(self.clocks.values()), self.holdings, until):
            self.rulings.append(ruling)
            del self.clocks[ruling.kind, ruling.leg]

    def stop(self, kind: ClockKind, leg: str, now: datetime) -> None:
        clock = self.clocks.pop((kind, leg), None)
        if clock and (ruling := stopped(clock, now, self.holdings[-1].leg)):
            self.rulings.append(ruling)

    def hand_over(self, leg: str, office: str, now: datetime) -> None:
        if self.holdings:
            last = self.holdings[-1]
            self.holdings[-1] = Holding(last.leg, last.office, last.started_at, now)
            self.clocks.pop((ClockKind.ACCEPT, last.leg), None)
        self.holdings.append(Holding(leg, office, now, None))

    def void(self, now: datetime) -> None:
        """End the asker's clocks: the acceptance as not admitted, the others without a verdict on anybody."""
        held_by = self.holdings[-1].leg
        for (kind, leg), clock in self.clocks.items():
            outcome = Outcome.NOT_ADMITTED if kind is ClockKind.ACCEPT else Outcome.VOID
            if not leg:
                self.rulings.append(Ruling(kind, "", outcome, clock.due, now, held_by))
        self.clocks.clear()

    def correct(self, payload: Mapping[str, Any]) -> None:
        """Let the clocks without verdict run from a corrected time of receipt; whoever held it first held it from then."""
        first = self.holdings[0]
        started_at = datetime.fromisoformat(payload["received_at"])
        self.holdings[0] = Holding(first.leg, first.office, started_at, first.ended_at)
        for kind in (ClockKind.ACCEPT, ClockKind.REPLY, ClockKind.PLAIN):
            if (kind, "") in self.clocks:
                self.run(kind, payload[f"{kind}_due"], payload.get(f"{kind}_provisional", False))

    def go_along(self, leg: str, office: str, accept_due: str | None, now: datetime) -> None:
        """Go where the lead of a merged question goes, or back to the centre, which has no 24 hours of its own."""
        if self.holdings[-1].leg != leg:
            self.hand_over(leg, office, now)
            if accept_due:
                self.clocks[ClockKind.ACCEPT, leg] = RunningClock(
                    ClockKind.ACCEPT, datetime.fromisoformat(accept_due), leg=leg
                )

    def run(self, kind: ClockKind, due: str, provisional: bool = False) -> None:
        """Start one of the asker's clocks, or let it run to another instant."""
        self.clocks[kind, ""] = RunningClock(kind, datetime.fromisoformat(due), provisional)

    def split_plain(self, due: str) -> None:
        """From here on the date first promised is counted apart."""
        if (ClockKind.PLAIN, "") not in self.clocks and self.plain_until is None:
            self.plain_until = due
            self.run(ClockKind.PLAIN, due, self.clocks[ClockKind.REPLY, ""].provisional)


def verdicts(events: Iterable[Happened], now: datetime) -> list[Ruling]:
    """Return the verdicts that follow from `events` (in order of position) as of `now`."""
    replay = _Replay()
    for event in events:
        if event.name == "answers.verdict_recorded":
            continue
        payload = event.payload
        replay.settle(event.at)
        match event.name:
            case "answers.question_submitted":
                replay.hand_over(payload["leg"], payload["office"], event.at)
                replay.run(ClockKind.ACCEPT, payload["accept_due"])
                replay.run(ClockKind.REPLY, payload["reply_due"], payload["reply_provisional"])
            case "answers.question_forwarded":
                replay.hand_over(payload["leg"], payload["office"], event.at)
            case "answers.receipt_corrected":
                replay.correct(payload)
            case "answers.question_dispatched" | "answers.question_transferred":
                replay.hand_over(payload["leg"], payload["office"], event.at)
                due = datetime.fromisoformat(payload["leg_accept_due"])
                replay.clocks[ClockKind.ACCEPT, payload["leg"]] = RunningClock(
                    ClockKind.ACCEPT, due, leg=payload["leg"]
                )
            case "answers.question_accepted":
                replay.stop(ClockKind.ACCEPT, "", event.at)
                replay.stop(ClockKind.ACCEPT, payload["leg"], event.at)
            case "answers.answer_released":
                replay.stop(ClockKind.REPLY, "", event.at)
                replay.stop(ClockKind.PLAIN, "", event.at)
            case "answers.question_not_admitted" | "answers.question_handed_over":
                replay.void(event.at)
            case "answers.extension_granted":
                replay.split_plain(payload["plain_due"])
                replay.run(ClockKind.REPLY, payload["due"], payload["provisional"])
            case "answers.clock_paused":
                replay.split_plain(payload["plain_due"])
                replay.paused = replay.clocks.pop((ClockKind.REPLY, ""))
                replay.lapses_at = datetime.fromisoformat(payload["lapses_at"])
            case "answers.clock_resumed":
                replay.paused = replay.lapses_at = None
                replay.run(ClockKind.REPLY, payload["due"], payload["provisional"])
            case "answers.question_lapsed":
                if replay.paused:
                    replay.clocks[ClockKind.REPLY, ""] = replay.paused
                replay.void(event.at)
            case (
                "answers.question_merged"
                | "answers.question_followed"
                | "answers.question_unmerged"
                | "answers.question_recalled"
            ):
                replay.go_along(payload["leg"], payload["office"], payload.get("leg_accept_due"), event.at)
            case "answers.question_reopened":
                replay.run(ClockKind.REOPEN, payload["due"], payload["provisional"])
            case "answers.reopening_answered":
                replay.stop(ClockKind.REOPEN, "", event.at)
            case "answers.due_recomputed":
                replay.run(ClockKind(payload["clock"]), payload["due"], payload["provisional"])
            case "answers.question_withdrawn":
                replay.clocks.clear()
    replay.settle(now)
    return replay.rulings
