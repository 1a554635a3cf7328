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

    def settle(self, now: datetime) -> None:
        for ruling in breaches(list(self.clocks.values()), self.holdings, now):
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
        held_by = self.holdings[-1].leg
        for kind, outcome in ((ClockKind.ACCEPT, Outcome.NOT_ADMITTED), (ClockKind.REPLY, Outcome.VOID)):
            clock = self.clocks.pop((kind, ""), None)
            if clock:
                self.rulings.append(Ruling(kind, "", outcome, clock.due, now, held_by))
        self.clocks.clear()


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
                for kind in ClockKind:
                    replay.clocks[kind, ""] = RunningClock(
                        kind,
                        datetime.fromisoformat(payload[f"{kind}_due"]),
                        kind is ClockKind.REPLY and payload["reply_provisional"],
                    )
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
            case "answers.question_not_admitted":
                replay.void(event.at)
            case "answers.question_withdrawn":
                replay.clocks.clear()
    replay.settle(now)
    return replay.rulings
