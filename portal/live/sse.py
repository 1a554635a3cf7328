"""``/live/events``: server-sent events as a bare ASGI route.

Bare, because Django's streaming response costs four times the processor time per event.
What its middleware would do is done in `requests` and `door`.
"""

import asyncio
import logging
import random
from collections import Counter

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, HTTPScope
from django.db import DatabaseError

from portal.live import queries
from portal.live.door import Visitor, admit
from portal.live.hub import Hub, Listener, Word, reset, word
from portal.live.requests import Asked, Refused, read
from portal.live.threads import Threads

logger = logging.getLogger(__name__)

HEARTBEAT = 15.0
CHECK_EVERY = 25.0  # at the first heartbeat after it: every half minute
SEND_WITHIN = 10.0
STREAMS_PER_VISITOR = 5
STREAMS_PER_PROCESS = 10_000

# A word that says nothing: time to look after the stream.
BEAT = Word(0, b"")

_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


class Stream:
    """The way out to one browser. A browser that takes nothing for too long ends it with TimeoutError.

    patience: the time limit around all that is done for the stream; none until it is stuck.
    """

    timer: asyncio.TimerHandle

    def __init__(self, send: ASGISendCallable, within: float) -> None:
        self.patience = asyncio.timeout(None)
        self._send = send
        self._within = within
        self._now = asyncio.get_running_loop().time
        self._sending_since: float | None = None

    async def begin(self) -> None:
        """Send the headers."""
        await self._send({"type": "http.response.start", "status": 200, "headers": _HEADERS, "trailers": False})
        # Spread over seconds, so that a restarted server is not met by everybody at once.
        await self.say(f"retry: {random.randint(1000, 5000)}\n\n".encode())  # noqa: S311

    async def say(self, wire: bytes) -> None:
        """Send one block; waits while the browser does not take it."""
        self._sending_since = self._now()
        await self._send({"type": "http.response.body", "body": wire, "more_body": True})
        self._sending_since = None

    async def finish(self) -> None:
        """Send the end."""
        self._sending_since = self._now()
        await self._send({"type": "http.response.body", "body": b"", "more_body": False})

    def lose_patience_if_stuck(self) -> None:
        """End the stream if the browser has not taken anything for too long."""
        if self._sending_since is not None and self._now() - self._sending_since > self._within:
            self.patience.reschedule(self._now())


class LiveEvents:
    """The endpoint. Its times (seconds) are arguments so that tests need not wait for them."""

    def __init__(
        self,
        hub: Hub | None = None,
        *,
        heartbeat: float = HEARTBEAT,
        check_every: float = CHECK_EVERY,
        send_within: float = SEND_WITHIN,
    ) -> None:
        self._hub = hub or Hub()
        self._heartbeat = heartbeat
        self._check_every = check_every
        self._send_within = send_within
        self._door = Threads(3)
        self._streams: Counter[str] = Counter()
        self._closing = False

    async def __call__(self, scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        """Answer one request, for as long as it is listened to."""
        try:
            asked = read(scope)
            visitor = await self._admit(asked)
        except Refused as refused:
            await _refuse(send, refused.status)
            return
        self._streams[visitor.key] += 1
        try:
            await self._serve(asked, visitor, receive, send)
        finally:
            self._streams[visitor.key] -= 1
            if not self._streams[visitor.key]:
                del self._streams[visitor.key]

    def end_streams(self) -> None:
        """End all streams and begin no more: the server is going down."""
        self._closing = True
        self._hub.end_streams()

    async def close(self) -> None:
        """End all streams and let go of the database."""
        self.end_streams()
        await self._hub.close()
        await self._door.close()

    async def _admit(self, asked: Asked) -> Visitor:
        try:
            visitor = await self._door.run(admit, asked.cookies, asked.topics)
        except DatabaseError:
            raise Refused(503) from None
        if visitor is None:
            raise Refused(404)  # what one may not watch does not exist
        if visitor.key and self._streams[visitor.key] >= STREAMS_PER_VISITOR:
            raise Refused(429)
        if self._closing or self._streams.total() >= STREAMS_PER_PROCESS:
            raise Refused(503)
        return visitor

    async def _serve(
        self, asked: Asked, visitor: Visitor, receive: ASGIReceiveCallable, send: ASGISendCallable
    ) -> None:
        try:
            listener = await self._hub.join(asked.topics)
        except DatabaseError:
            await _refuse(send, 503)
            return
        if self._closing:  # since the door
            listener.end()
        stream = Stream(send, self._send_within)
        gone = asyncio.create_task(_end_when_gone(receive, listener))
        self._wind(listener, stream)
        try:
            async with stream.patience:
                await stream.begin()
                last = await self._catch_up(asked, listener, stream)
                await self._follow(asked, visitor, listener, stream, last)
                await stream.finish()
        except (TimeoutError, OSError, DatabaseError):
            pass  # too slow, gone, or nothing to read from: the page comes again and catches up
        finally:
            gone.cancel()
            stream.timer.cancel()
            self._hub.leave(listener)

    def _wind(self, listener: Listener, stream: Stream) -> None:
        """Come by in a while: one timer for a stream is half the work of a time limit for each word."""
        pause = min(self._heartbeat, self._check_every)
        stream.timer = asyncio.get_running_loop().call_later(pause, self._beat, listener, stream)

    def _beat(self, listener: Listener, stream: Stream) -> None:
        stream.lose_patience_if_stuck()
        listener.offer(BEAT)
        self._wind(listener, stream)

    async def _catch_up(self, asked: Asked, listener: Listener, stream: Stream) -> int:
        """Tell what happened before the listener joined; return the position told up to."""
        last = listener.since
        if asked.after is not None:
            news = await self._door.run(queries.news, asked.after)
            if news.reset:
                await stream.say(reset(news.position).wire)
            for change in news.changes:
                if not asked.topics.isdisjoint(change.topics):
                    await stream.say(word(change, asked.topics).wire)
            last = news.position
        await stream.say(f"id: {last}\nevent: ready\ndata: {{}}\n\n".encode())
        return last

    async def _follow(self, asked: Asked, visitor: Visitor, listener: Listener, stream: Stream, last: int) -> None:
        """Tell what happens, until the listener ends or is no longer welcome."""
        now = asyncio.get_running_loop().time
        check_at = now() + self._check_every
        while (said := await listener.next()) is not None:
            if said is BEAT:
                if now() >= check_at and await self._check(asked, visitor, listener):
                    check_at = now() + self._check_every
                if listener.is_up_to_date:  # then everything up to here was told, or was not for us
                    last = max(last, self._hub.position)
                await stream.say(f": \nid: {last}\n\n".encode())
            elif said.reset or said.position > last:
                await stream.say(said.wire)
                last = said.position

    async def _check(self, asked: Asked, visitor: Visitor, listener: Listener) -> bool:
        """Ask again whether the visitor may listen, end the stream if not; tell whether it could be asked."""
        try:
            again = await self._door.run(admit, asked.cookies, asked.topics)
        except DatabaseError:
            return False  # while the database is away there is nothing to tell either
        if again is None or again.key != visitor.key:
            listener.end()
        return True


async def _end_when_gone(receive: ASGIReceiveCallable, listener: Listener) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    listener.end()


async def _refuse(send: ASGISendCallable, status: int) -> None:
    headers = [(b"content-type", b"text/plain"), (b"cache-control", b"no-store"), (b"content-length", b"0")]
    if status in (429, 503):
        headers.append((b"retry-after", b"60"))
    await send({"type": "http.response.start", "status": status, "headers": headers, "trailers": False})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
