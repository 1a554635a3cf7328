"""The hub: one tail of the journal per process, for all who listen there.

While somebody listens it looks at the journal twice a second (sooner when the bell rings) and
hands what is new to the listeners of each topic. That works between processes with nothing
but the database, because the journal's positions are in commit order: whoever has seen N
never later meets a smaller one.
"""

import asyncio
import json
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from portal.live import queries, wakeup
from portal.live.queries import Change, News
from portal.live.threads import Threads

logger = logging.getLogger(__name__)

LOOK_EVERY = 0.5
GAP = 0.05  # between two looks, however often the bell rings
AFTER_FAILURE = 2.0
QUEUE = 100

Bell = Callable[[Callable[[], None]], Awaitable[None]]


@dataclass(frozen=True)
class Word:
    """One thing to tell a listener: an event on the wire, and the position it brings them to."""

    position: int
    wire: bytes
    reset: bool = False


def word(change: Change, topics: frozenset[str]) -> Word:
    """Return what a listener to `topics` is told of a change."""
    told = json.dumps(change.told_about(topics), separators=(",", ":"))
    return Word(change.position, f"id: {change.position}\nevent: changed\ndata: {told}\n\n".encode())


def reset(position: int) -> Word:
    """Return the word that tells a page to load anew."""
    return Word(position, f"id: {position}\nevent: reset\ndata: {{}}\n\n".encode(), reset=True)


class Listener:
    """Somebody's open stream: a bounded queue of all that came after `since`."""

    def __init__(self, topics: frozenset[str], since: int) -> None:
        self.topics = topics
        self.since = since
        self._words: deque[Word] = deque()
        self._ended = False
        self._waiter: asyncio.Future[None] | None = None

    @property
    def is_up_to_date(self) -> bool:
        """Tell whether nothing waits to be told, nor was dropped untold."""
        return not self._words and not self._ended

    def offer(self, said: Word) -> None:
        """Queue a word; one who does not keep up is dropped and will catch up from the journal."""
        if len(self._words) >= QUEUE:
            self.end()
        elif not self._ended:
            self._words.append(said)
            self._wake()

    def end(self) -> None:
        """End the stream, whatever is still queued."""
        self._words.clear()
        self._ended = True
        self._wake()

    async def next(self) -> Word | None:
        """Wait for the next word; None when the stream has ended. For one reader."""
        while not (self._words or self._ended):
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        return self._words.popleft() if self._words else None

    def _wake(self) -> None:
        if self._waiter and not self._waiter.done():
            self._waiter.set_result(None)


class Hub:
    """The listeners of this process and the tail that serves them."""

    def __init__(self, *, look_every: float = LOOK_EVERY, bell: Bell = wakeup.hear) -> None:
        self.position = 0
        self._look_every = look_every
        self._bell = bell
        self._threads = Threads(1)
        self._listeners: set[Listener] = set()
        self._starting = asyncio.Lock()
        self._rung = asyncio.Event()
        self._tail: asyncio.Task[None] | None = None

    async def join(self, topics: frozenset[str]) -> Listener:
        """Return a listener that hears everything from now on; starts the tail for the first one."""
        async with self._starting:
            if self._tail is None:
                self.position = await self._threads.run(queries.position)
                self._tail = asyncio.create_task(self._run())
            listener = Listener(topics, self.position)
            self._listeners.add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """Forget a listener; the tail ends by itself after the last one."""
        self._listeners.discard(listener)

    def end_streams(self) -> None:
        """End everybody's stream."""
        for listener in self._listeners:
            listener.end()

    async def close(self) -> None:
        """Stop the tail and let go of the database."""
        if self._tail:
            self._tail.cancel()
            with suppress(asyncio.CancelledError):
                await self._tail
        await self._threads.close()

    async def _run(self) -> None:
        bell = asyncio.ensure_future(self._bell(self._rung.set))
        try:
            while self._listeners:
                await self._look()
        finally:
            bell.cancel()
            self._tail = None
            self.end_streams()  # of nobody, unless the tail was stopped or broke: they come again

    async def _look(self) -> None:
        """Read once and pause. A failing database is waited for: the position is kept, so nothing is missed."""
        try:
            news = await self._threads.run(queries.news, self.position)
        except Exception:
            logger.exception("live_look_failed")
            await asyncio.sleep(AFTER_FAILURE)
            return
        self._tell(news)
        await self._pause()

    async def _pause(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(self._look_every):
                await self._rung.wait()
                await asyncio.sleep(GAP)
        self._rung.clear()

    def _tell(self, news: News) -> None:
        self.position = news.position
        if news.reset:
            for listener in self._listeners:
                listener.offer(reset(news.position))
        for change in news.changes:
            self._tell_change(change)

    def _tell_change(self, change: Change) -> None:
        words: dict[frozenset[str], Word] = {}  # encoded once for all who watch the same topics
        for listener in self._listeners:
            if listener.topics.isdisjoint(change.topics):
                continue
            if listener.topics not in words:
                words[listener.topics] = word(change, listener.topics)
            listener.offer(words[listener.topics])
