"""Database work for the event loop: a few threads, each with one connection that is kept."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from typing import ParamSpec, TypeVar

from django.db import close_old_connections, connections

P = ParamSpec("P")
T = TypeVar("T")


class Threads:
    """Runs blocking functions off the loop, in turn on `count` threads.

    A pool would do, but for one thing: its threads' connections cannot be closed from outside.
    """

    def __init__(self, count: int) -> None:
        self._threads = [ThreadPoolExecutor(1, thread_name_prefix="live") for _ in range(count)]
        self._turn = cycle(self._threads)

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what `function` returns."""

        def work() -> T:
            close_old_connections()
            return function(*args, **kwargs)

        return await asyncio.get_running_loop().run_in_executor(next(self._turn), work)

    async def close(self) -> None:
        """Close the connections. The threads stay usable and open new ones."""
        loop = asyncio.get_running_loop()
        await asyncio.gather(*(loop.run_in_executor(thread, connections.close_all) for thread in self._threads))
