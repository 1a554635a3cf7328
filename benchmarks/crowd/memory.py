"""How much memory processes hold over time: resident pages, their children's included."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from statistics import mean

PAGE_KB = 4


def resident_mb(pid: int) -> float:
    """Return the resident memory of a process and all below it, in MB; 0 when it has ended."""
    family, found = [pid], 0.0
    while family:
        one = family.pop()
        try:
            found += int(Path(f"/proc/{one}/statm").read_text().split()[1]) * PAGE_KB / 1024
            for task in Path(f"/proc/{one}/task").iterdir():
                family += map(int, (task / "children").read_text().split())
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


async def watch(pids: Mapping[str, int], every: float, over: asyncio.Event) -> dict[str, list[float]]:
    """Sample until it is over; return the samples by name."""
    samples: dict[str, list[float]] = defaultdict(list)
    while not over.is_set():
        for name, pid in pids.items():
            samples[name].append(resident_mb(pid))
        try:
            await asyncio.wait_for(over.wait(), every)
        except TimeoutError:
            continue
    return samples


def thirds(samples: list[float]) -> tuple[float, float]:
    """Return the mean of the first third of the samples and of the last."""
    part = max(1, len(samples) // 3)
    return mean(samples[:part]), mean(samples[-part:])
