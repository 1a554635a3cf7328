"""Twenty submissions a second for ten minutes against the product as it is deployed, while 32 people read.

PostgreSQL that keeps what it has committed, nginx, granian, worker, clock and live process by the command
lines of `deploy/`, production settings. Every asker and every reader has an address of their own in
127.0.0.0/8, so the limits stay on. In the end every receipt's code must open its question on the track
page, every question must have its receipt, and the journal's chain must be whole.

Run: python -m benchmarks.burst --seconds 600 [--rate 20] [--readers 32]
Exit status 1 when a receipt is lost.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Coroutine, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.crowd.memory import thirds, watch
from benchmarks.crowd.people import Crowd, Results, percentile
from benchmarks.new_site import new_site
from scripts.services import DURABLE, running
from tests.portal.config.deployment import HOST, Deployment

ROOT = Path(__file__).resolve().parents[1]
WARM_UP = 15  # seconds: first requests compile templates and read catalogues
EVERY = 2.0  # seconds between two looks at the memory
ANSWERS = 60
OFFICES = 300
LISTS = ["/", "/answers/", "/answers/?tab=waiting", "/performance/", "/ask/", "/statements/", "/en/answers/"]


def prepare(environment: Mapping[str, str], *, drafts: int, answers: int, offices: int) -> tuple[list[dict], list[str]]:
    """Return ready drafts and addresses to read, made in the deployment's database."""
    lines = [json.loads(line) for line in _run(environment, "ready", drafts, answers, offices).splitlines()]
    addresses = [line["address"] for line in lines if "address" in line]
    topics = [f"/answers/?topic=topic-{number}" for number in range(20)]
    return [line for line in lines if "draft" in line], [*LISTS, *topics, *addresses]


@dataclass
class Played:
    """What came of a burst. samples: memory in MB, by process; wrong: what must not be, a line each."""

    results: Results
    samples: dict[str, list[float]]
    wrong: list[str]


def play(
    site: Deployment,
    *,
    seconds: float,
    rate: float,
    readers: int,
    pause: float = 1.0,
    warm_up: float = WARM_UP,
    answers: int = ANSWERS,
    offices: int = OFFICES,
) -> Played:
    """Make everything ready in the deployment's database, let everybody come, and look what they have."""
    drafts, addresses = prepare(site.environment, drafts=int(seconds * rate), answers=answers, offices=offices)
    print(f"{len(drafts)} drafts are ready, {len(addresses)} addresses to read", flush=True)
    crowd = Crowd(site.ports["tls"], HOST)

    async def come() -> dict[str, list[float]]:
        await _while_reading(Crowd(crowd.port, HOST), readers, addresses, pause, asyncio.sleep(warm_up))
        over = asyncio.Event()
        watching = asyncio.create_task(watch(site.pids(), EVERY, over))
        await _while_reading(crowd, readers, addresses, pause, crowd.ask_all(drafts, rate))
        over.set()
        samples = await watching
        await crowd.track_all()
        return samples

    samples = asyncio.run(come())
    return Played(crowd.results, samples, misfits(crowd.results, drafts, site.environment))


async def _while_reading(
    crowd: Crowd, readers: int, addresses: list[str], pause: float, act: Coroutine[Any, Any, None]
) -> None:
    over = asyncio.Event()
    reading = asyncio.create_task(crowd.read(readers, addresses, pause, over))
    await act
    over.set()
    await reading


def misfits(results: Results, drafts: list[dict], environment: Mapping[str, str]) -> list[str]:
    """Return everything that must not be: a lost or doubled receipt, a question that nobody has a receipt of."""
    books: dict[str, Any] = json.loads(_run(environment, "books"))
    questions, receipts = set(books["questions"].values()), results.receipts
    wrong = list(results.lost)
    if len({receipt.code for receipt in receipts}) != len(receipts):
        wrong.append("two receipts have the same code")
    if len({receipt.question for receipt in receipts}) != len(receipts):
        wrong.append("two receipts are of the same question")
    wrong += [f"a receipt without question: {one.question}" for one in receipts if one.question not in questions]
    wrong += [f"a question without receipt: {one}" for one in questions - {one.question for one in receipts}]
    for name in ("first_legs", "told", "drafts_with_question"):
        if books[name] != len(questions):
            wrong.append(f"{name}: {books[name]}, questions: {len(questions)}")
    if books["dead_handlers"]:
        wrong.append(f"{books['dead_handlers']} handler runs were given up")
    wrong += books["journal_faults"]
    missing = len(drafts) - len(receipts)
    return [*wrong, f"{missing} askers went home without a receipt"] if missing else wrong


def report(results: Results, samples: Mapping[str, list[float]]) -> None:
    """Print the figures."""
    print(f"{len(results.receipts)} receipts, {len(results.read_ms)} pages read, {results.late_starts} started late")
    for name, times in (
        ("submit", results.submit_ms),
        ("submit and receipt", results.receipt_ms),
        ("read", results.read_ms),
    ):
        shares = [percentile(times, share) for share in (0.5, 0.95, 0.99, 1)]
        print(f"  {name:<20}" + "".join(f"{value:>9.0f}" for value in shares) + "  ms (median, p95, p99, longest)")
    print(f"  errors: {dict(results.errors) or 'none'}")
    for name, values in samples.items():
        first, last = thirds(values)
        print(f"  {name:<20}{first:>9.1f}{last:>9.1f}  MB (first third, last third){last / first:>8.3f}")


def _run(environment: Mapping[str, str], module: str, *arguments: object) -> str:
    command = [sys.executable, "-m", f"benchmarks.crowd.{module}", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return "\n".join(line for line in done.stdout.splitlines() if line.startswith("{"))


def main(arguments: list[str]) -> int:
    """Start everything, let the crowds come, print what was seen; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--rate", type=float, default=20, help="submissions a second")
    parser.add_argument("--readers", type=int, default=32)
    parser.add_argument("--pause", type=float, default=1.0, help="seconds a reader looks at a page, on average")
    given = parser.parse_args(arguments)

    with ExitStack() as stack:
        services = stack.enter_context(running(DURABLE))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        environment = new_site(folder, EMAIL_URL="dummymail://", **services)
        site = stack.enter_context(Deployment(folder, environment, background=("worker", "clock")))
        played = play(site, seconds=given.seconds, rate=given.rate, readers=given.readers, pause=given.pause)
        report(played.results, played.samples)
        print(f"{len(played.wrong)} misfits", *played.wrong[:40], sep="\n")
    return 1 if played.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
