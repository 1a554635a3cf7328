import asyncio

import pytest
from django.db import OperationalError

from portal.kernel.actors import ANONYMOUS
from portal.live import hub as hubs
from portal.live import queries
from portal.live.door import Visitor
from portal.live.hub import QUEUE, Hub, Listener, Word, reset
from portal.live.queries import Change, News
from portal.live.sse import LiveEvents
from tests.portal.live.conftest import silence

TOPIC = frozenset({"thing:1"})


class Journal:
    """A journal in memory, in the place of the one in the database."""

    def __init__(self):
        self.changes = []
        self.looks = 0
        self.failures = 0
        self.answer = None

    def position(self):
        return len(self.changes)

    def news(self, after):
        self.looks += 1
        if self.failures:
            self.failures -= 1
            raise OperationalError
        return self.answer or News(len(self.changes), tuple(self.changes[after or 0 :]))

    def add(self):
        self.changes.append(Change(len(self.changes) + 1, "tests.thing_changed", "tests.thing:1", TOPIC))


@pytest.fixture
def journal(monkeypatch):
    fake = Journal()
    monkeypatch.setattr(queries, "news", fake.news)
    monkeypatch.setattr(queries, "position", fake.position)
    monkeypatch.setattr(hubs, "AFTER_FAILURE", 0.01)
    return fake


def run(story, **options):
    async def told():
        hub = Hub(**{"look_every": 0.01, "bell": silence, **options})
        try:
            async with asyncio.timeout(5):
                return await story(hub)
        finally:
            await hub.close()

    return asyncio.run(told())


def test_a_listener_hears_what_comes_after_it_joined(journal):
    journal.add()

    async def story(hub):
        listener = await hub.join(TOPIC)
        journal.add()
        return listener.since, (await listener.next()).position

    assert run(story) == (1, 2)


def test_a_database_that_is_away_costs_time_and_no_change(journal):
    async def story(hub):
        listener = await hub.join(TOPIC)
        journal.failures = 3
        journal.add()
        return (await listener.next()).position

    assert run(story) == 1


def test_the_bell_saves_the_wait(journal):
    rung = asyncio.Event()

    async def bell(wake):
        while True:
            await rung.wait()
            rung.clear()
            wake()

    async def story(hub):
        listener = await hub.join(TOPIC)
        await asyncio.sleep(0.05)
        journal.add()
        rung.set()
        return (await listener.next()).position

    assert run(story, look_every=60, bell=bell) == 1


def test_nobody_looks_while_nobody_listens(journal):
    async def story(hub):
        hub.leave(await hub.join(TOPIC))
        await asyncio.sleep(0.05)
        looks = journal.looks
        await asyncio.sleep(0.05)
        assert journal.looks == looks

        journal.add()
        again = await hub.join(TOPIC)
        journal.add()
        return again.since, (await again.next()).position

    assert run(story) == (1, 2)


def test_a_journal_that_was_made_anew_resets_everybody(journal):
    async def story(hub):
        listener = await hub.join(TOPIC)
        journal.answer = News(0, reset=True)
        return await listener.next()

    assert run(story) == reset(0)


def test_a_tail_that_breaks_ends_the_streams_so_that_they_come_again(journal, monkeypatch):
    async def story(hub):
        listener = await hub.join(TOPIC)
        monkeypatch.setattr(hub, "_tell", lambda news: 1 / 0)
        return await listener.next()

    assert run(story) is None


def test_who_does_not_keep_up_is_dropped_and_costs_no_memory():
    listener = Listener(TOPIC, since=0)

    for position in range(QUEUE + 1):
        listener.offer(Word(position, b""))

    assert not listener.is_up_to_date, "the page must not believe that it has heard everything"
    assert asyncio.run(listener.next()) is None


def test_a_browser_that_takes_nothing_is_let_go(journal, monkeypatch):
    monkeypatch.setattr("portal.live.sse.admit", lambda cookies, topics: Visitor(ANONYMOUS))
    scope = {"type": "http", "method": "GET", "query_string": b"topic=thing:1", "headers": [(b"host", b"localhost")]}

    async def story(hub):
        events = LiveEvents(hub, heartbeat=0.05, send_within=0.05)

        async def send(message):
            if message["type"] == "http.response.body":
                await asyncio.Event().wait()

        async def receive():
            await asyncio.Event().wait()

        await events(scope, receive, send)
        await events.close()
        return hub._listeners

    assert run(story) == set()
