import asyncio
import shutil
import subprocess
import time

import pytest
import redis

from portal.live import wakeup


@pytest.fixture(autouse=True)
def bell_not_yet_silent(monkeypatch):
    monkeypatch.setattr(wakeup, "_quiet_until", 0.0)
    wakeup._client.cache_clear()


class Redis:
    """A Redis of the test's own, on a socket file, which can be stopped and started."""

    def __init__(self, folder):
        self.socket = folder / "redis.sock"
        self.url = f"unix://{self.socket}"
        self._process = None

    def start(self):
        arguments = ["--port", "0", "--unixsocket", str(self.socket), "--save", "", "--dir", str(self.socket.parent)]
        self._process = subprocess.Popen(["redis-server", *arguments], stdout=subprocess.DEVNULL)
        client = redis.Redis.from_url(self.url)
        while True:
            try:
                client.ping()
            except redis.ConnectionError:
                time.sleep(0.02)
            else:
                client.close()
                return

    def stop(self):
        self._process.kill()
        self._process.wait()


@pytest.fixture
def server(tmp_path, settings):
    if not shutil.which("redis-server"):
        pytest.skip("redis-server is not installed")
    server = Redis(tmp_path)
    server.start()
    settings.REDIS_URL = server.url
    yield server
    server.stop()


async def until(reached):
    async with asyncio.timeout(10):
        while not reached():
            wakeup.ring()
            await asyncio.sleep(0.05)


@pytest.mark.redis
def test_a_ring_is_heard_also_after_silence_and_after_a_restart(server, monkeypatch):
    monkeypatch.setattr(wakeup, "HEALTH_EVERY", 0.1)
    monkeypatch.setattr(wakeup, "RECONNECT", 0.1)
    monkeypatch.setattr(wakeup, "QUIET", 0.1)
    heard = []

    async def story():
        listening = asyncio.create_task(wakeup.hear(lambda: heard.append(1)))
        await until(lambda: heard)
        await asyncio.sleep(1)  # ten times the time after which an idle connection is asked for its health
        heard.clear()
        await until(lambda: heard)

        server.stop()
        wakeup.ring()
        await asyncio.sleep(0.3)
        assert not listening.done()
        server.start()
        heard.clear()
        await until(lambda: heard)
        listening.cancel()

    asyncio.run(story())


def test_a_redis_that_is_away_costs_a_submission_next_to_nothing(settings, tmp_path):
    settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock"
    started = time.monotonic()

    for _ in range(100):
        wakeup.ring()

    assert time.monotonic() - started < 2 * wakeup.PATIENCE


def test_without_redis_nothing_is_tried(settings):
    settings.REDIS_URL = ""

    wakeup.ring()
    asyncio.run(asyncio.wait_for(wakeup.hear(lambda: None), 1))


def test_submissions_ring_and_reading_does_not(rf, monkeypatch):
    from portal.live import middleware

    rings = []
    monkeypatch.setattr(middleware, "ring", lambda: rings.append(1))
    answer = middleware.WakeMiddleware(lambda request: "answer")

    assert answer(rf.get("/")) == answer(rf.head("/")) == "answer"
    assert rings == []
    assert answer(rf.post("/")) == "answer"
    assert rings == [1]
