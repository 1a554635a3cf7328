import asyncio
import contextlib
import http.client
import json
import socket
import threading
import urllib.parse

import pytest
import uvicorn

from portal.live import topics
from portal.live.asgi import WithLive, nothing_else
from portal.live.hub import Hub
from portal.live.sse import LiveEvents
from tests.portal.live.things import register


@pytest.fixture(autouse=True)
def doors(monkeypatch):
    """The tests' own topics; returns the set of people who may hear the secrets."""
    monkeypatch.setattr(topics, "_topics", {})
    insiders = set()
    register(insiders)
    return insiders


async def silence(wake):
    """A bell that never rings."""


class Served:
    """The real ASGI application behind a real server on loopback."""

    def __init__(self, hub=None, others=nothing_else, **times):
        self.hub = hub or Hub(look_every=0.05, bell=silence)
        self.events = LiveEvents(self.hub, **times)
        self._server = uvicorn.Server(
            uvicorn.Config(WithLive(others, self.events), log_level="warning", timeout_graceful_shutdown=1)
        )
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)

    def _serve(self):
        async def serve():
            self._loop = asyncio.get_running_loop()
            await self._server.serve([self._socket])

        asyncio.run(serve())

    def __enter__(self):
        self._thread.start()
        while not self._server.started:
            self._thread.join(0.01)
        return self

    def __exit__(self, *failure):
        self._loop.call_soon_threadsafe(self.events.end_streams)
        self._server.should_exit = True
        self._thread.join(10)

    def open(self, *topics, after=None, cookie="", **headers):
        return Stream(self.port, topics, after, cookie, headers)


class Stream:
    """One client's stream: `next()` gives the events as dictionaries, None at its end."""

    def __init__(self, port, topics, after, cookie, headers):
        query = [("topic", topic) for topic in topics] + ([("after", after)] if after is not None else [])
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=8)
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if cookie:
            headers["Cookie"] = cookie
        self._connection.request("GET", f"/live/events?{urllib.parse.urlencode(query)}", headers=headers)
        self.response = self._connection.getresponse()
        self.status = self.response.status
        self.last_id = None

    def next_block(self):
        lines = []
        while True:
            line = self.response.readline().decode()
            if not line:
                return None
            if line == "\n":
                return lines
            lines.append(line.rstrip("\n"))

    def next(self):
        """The next event; heartbeats and other blocks without data are passed over, their ids noted."""
        while (lines := self.next_block()) is not None:
            fields = dict(line.split(": ", 1) for line in lines if not line.startswith(":"))
            self.last_id = int(fields.get("id", self.last_id or 0))
            if "data" in fields:
                return {"event": fields["event"], "id": int(fields["id"]), **json.loads(fields["data"])}
        return None

    def ready(self):
        """Wait until the stream is caught up; return what came before."""
        before = []
        while (told := self.next())["event"] != "ready":
            before.append(told)
        return before

    def close(self):
        # The response keeps the socket open as long as it lives.
        with contextlib.suppress(OSError):
            self._connection.sock and self._connection.sock.shutdown(socket.SHUT_RDWR)
        self.response.close()
        self._connection.close()


@pytest.fixture
def served():
    with Served() as server:
        yield server
