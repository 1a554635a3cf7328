"""Puts the live route in front of another ASGI application."""

import asyncio
import signal
import threading
from collections.abc import Awaitable, Callable
from types import FrameType
from typing import Any

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, Scope

from portal.live.sse import LiveEvents

PATH = "/live/events"

# Django's own handler is annotated with plain dictionaries.
Application = Callable[[Any, Any, Any], Awaitable[None]]


class WithLive:
    """Answers ``/live/events`` itself, closes the streams when the server stops, leaves the rest to `others`."""

    def __init__(self, others: Application, events: LiveEvents | None = None) -> None:
        self._others = others
        self._events = events or LiveEvents()

    async def __call__(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        """Route one connection."""
        if scope["type"] == "lifespan":
            await self._live_and_die(receive, send)
        elif scope["type"] == "http" and scope["path"] == PATH:
            await self._events(scope, receive, send)
        else:
            await self._others(scope, receive, send)

    async def _live_and_die(self, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        await receive()
        self._end_streams_on_signal()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._events.close()
        await send({"type": "lifespan.shutdown.complete"})

    def _end_streams_on_signal(self) -> None:
        """Let the server stop at once: it says "shutdown" only after the last response, and streams have no end."""
        if threading.current_thread() is not threading.main_thread():
            return  # a server inside a test
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            stop_server = signal.getsignal(number)

            def stop(signum: int, frame: FrameType | None, stop_server: Any = stop_server) -> None:
                loop.call_soon_threadsafe(self._events.end_streams)
                if callable(stop_server):
                    stop_server(signum, frame)

            signal.signal(number, stop)


async def nothing_else(scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
    """Answer 404: the live process has no pages."""
    await send({"type": "http.response.start", "status": 404, "headers": [], "trailers": False})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
