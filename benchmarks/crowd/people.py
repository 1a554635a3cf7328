"""The two crowds: those who press the last button at a steady rate, and those who read meanwhile."""

import asyncio
import random
import re
from collections import Counter
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from benchmarks.crowd.web import Visitor

CODE = re.compile(r'answers-code"><span translate="no">([^<]+)<')
CASE = re.compile(r'href="/q/([0-9a-f-]{36})/"')
TRIES = 3  # whoever gets no answer presses the button again
FIRST_READER = 2_000_000  # numbers of visitors: readers live elsewhere than askers
TRACKERS = 8
FAILURES = (OSError, EOFError, TimeoutError)


@dataclass(frozen=True)
class Receipt:
    """What an asker goes home with."""

    draft: str
    code: str
    question: str


@dataclass
class Results:
    """What happened. Times in milliseconds, the connection's making included."""

    receipts: list[Receipt] = field(default_factory=list)
    submit_ms: list[float] = field(default_factory=list)
    receipt_ms: list[float] = field(default_factory=list)
    read_ms: list[float] = field(default_factory=list)
    late_starts: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)


def percentile(values: list[float], share: float) -> float:
    """Return the value below which `share` of the values lie; 0 for none."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)] if values else 0.0


@dataclass
class Crowd:
    """Everybody who comes to one deployment."""

    port: int
    host: str
    results: Results = field(default_factory=Results)

    async def ask_all(self, drafts: list[dict[str, Any]], rate: float) -> None:
        """Send each draft at its time, `rate` a second, whether the ones before have been answered or not."""
        begun = perf_counter()
        async with asyncio.TaskGroup() as group:
            for number, draft in enumerate(drafts):
                wait = begun + number / rate - perf_counter()
                if wait > 0:
                    await asyncio.sleep(wait)
                elif wait < -0.5:
                    self.results.late_starts += 1
                group.create_task(self._ask(number, draft))

    async def _ask(self, number: int, draft: dict[str, Any]) -> None:
        asker = Visitor(self.port, self.host, number, dict(draft["cookies"]))
        try:
            for _ in range(TRIES):
                if receipt := await self._press(asker, draft):
                    self.results.receipts.append(receipt)
                    return
        finally:
            await asker.leave()

    async def _press(self, asker: Visitor, draft: dict[str, Any]) -> Receipt | None:
        """Press the last button and read the receipt; None when something went wrong, which is counted."""
        check = f"/ask/{draft['draft']}/check/"
        begun = perf_counter()
        try:
            answer = await asker.ask(check, form=draft["form"])
            self.results.submit_ms.append((perf_counter() - begun) * 1000)
            if answer.status != 302:
                self.results.errors[f"submit {answer.status}"] += 1
                return None
            done = await asker.ask(answer.header("location"))
            self.results.receipt_ms.append((perf_counter() - begun) * 1000)
        except FAILURES as failure:
            self.results.errors[f"submit {type(failure).__name__}"] += 1
            await asker.leave()
            return None
        page = done.body.decode()
        code, case = CODE.search(page), CASE.search(page)
        if done.status != 200 or not code or not case:
            self.results.errors[f"receipt {done.status}"] += 1
            return None
        return Receipt(draft["draft"], code[1], case[1])

    async def read(self, readers: int, addresses: list[str], pause: float, over: asyncio.Event) -> None:
        """Let readers read until it is over, each with pauses of `pause` seconds on average."""
        async with asyncio.TaskGroup() as group:
            for number in range(readers):
                group.create_task(self._read(number, addresses, pause, over))

    async def _read(self, number: int, addresses: list[str], pause: float, over: asyncio.Event) -> None:
        chance = random.Random(number)
        reader = Visitor(self.port, self.host, FIRST_READER + number)
        while not over.is_set():
            begun = perf_counter()
            try:
                answer = await reader.ask(chance.choice(addresses))
                self.results.read_ms.append((perf_counter() - begun) * 1000)
                if answer.status != 200:
                    self.results.errors[f"read {answer.status}"] += 1
            except FAILURES as failure:
                self.results.errors[f"read {type(failure).__name__}"] += 1
                await reader.leave()
            await asyncio.sleep(chance.expovariate(1 / pause))
        await reader.leave()

    async def track_all(self) -> None:
        """Let every asker type the code on the track page, later and from another browser."""
        waiting = list(enumerate(self.results.receipts))

        async def some() -> None:
            while waiting:
                await self._track(*waiting.pop())

        await asyncio.gather(*(some() for _ in range(TRACKERS)))

    async def _track(self, number: int, receipt: Receipt) -> None:
        token = "t" * 32
        asker = Visitor(self.port, self.host, number, {"__Host-csrf": token})
        try:
            answer = await asker.ask("/track/", form={"code": receipt.code, "csrfmiddlewaretoken": token})
            if (answer.status, answer.header("location")) != (302, f"/q/{receipt.question}/"):
                self.results.lost.append(f"{receipt.draft}: the code gives {answer.status} {answer.header('location')}")
        except FAILURES as failure:
            self.results.lost.append(f"{receipt.draft}: the track page gives {type(failure).__name__}")
        finally:
            await asker.leave()
