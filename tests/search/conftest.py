"""The engines, a real Elasticsearch and a district with people, for the tests of this folder."""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import pytest
from elasticsearch import Elasticsearch

from scripts.services import Unavailable
from search import engines
from search.engines.base import Engine
from search.engines.elasticsearch import ElasticsearchEngine, connect
from search.engines.embedded import EmbeddedEngine
from tests.elasticsearch_node.starting import elasticsearch
from tests.factories.answers import make_district
from tests.fakes.line import Line


@pytest.fixture(scope="session")
def elasticsearch_url() -> Iterator[str]:
    """The address of an Elasticsearch: the one that SEARCH_TEST_ES_URL names, or one of our own."""
    if given := os.environ.get("SEARCH_TEST_ES_URL"):
        yield given
        return
    try:
        with elasticsearch() as url:
            yield url
    except Unavailable as reason:
        pytest.skip(f"no Elasticsearch: {reason}")


@pytest.fixture(params=["memory", "folder", "elasticsearch"])
def opened(request, tmp_path) -> Iterator[Callable[[], Engine]]:
    """Opens the engine, also a second time, as another process would."""
    if request.param == "memory":
        engine = EmbeddedEngine()
        yield lambda: engine
        return
    if request.param == "folder":
        yield lambda: EmbeddedEngine(tmp_path / "index")
        return
    # Patient: the machine of the tests may be busy.
    client = connect(request.getfixturevalue("elasticsearch_url"), timeout=30)
    prefix = f"test-{secrets.token_hex(4)}-"
    yield lambda: ElasticsearchEngine(client, prefix)
    for name in client.indices.get(index=f"{prefix}*"):
        client.indices.delete(index=name)


@pytest.fixture
def engine(opened):
    """An engine with nothing in it."""
    engine = opened()
    engine.clear()
    return engine


class Installed(Protocol):
    """The engine that the settings name, as somebody runs it."""

    def stop(self) -> None:
        """Let it answer nobody."""

    def start(self) -> None:
        """Let it answer again, with what it held."""

    def lose(self) -> None:
        """Take everything away from it, as when a new one takes its place."""


class Folder:
    """The embedded engine: what says which files belong to an index can be read, or not."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def stop(self) -> None:
        for file in self._folder.glob("*/meta.json"):
            file.rename(file.with_name("kept"))

    def start(self) -> None:
        for file in self._folder.glob("*/kept"):
            file.rename(file.with_name("meta.json"))

    def lose(self) -> None:
        shutil.rmtree(self._folder)
        engines.current.cache_clear()


class Server:
    """Elasticsearch, at the other end of a line."""

    def __init__(self, line: Line, client: Elasticsearch, prefix: str) -> None:
        self._line, self._client, self._prefix = line, client, prefix

    def stop(self) -> None:
        self._line.cut()

    def start(self) -> None:
        self._line.mend()
        # As a process that has just started: none that leaves the server alone for a while.
        engines.current.cache_clear()

    def lose(self) -> None:
        for name in self._client.indices.get(index=f"{self._prefix}*"):
            self._client.indices.delete(index=name)


@pytest.fixture(params=["folder", "elasticsearch"])
def installed(request, settings, monkeypatch, tmp_path) -> Iterator[Installed]:
    """An installation that uses the engine, and has not indexed anything yet."""
    if request.param == "folder":
        settings.SEARCH_ENGINE, settings.SEARCH_FOLDER = "embedded", tmp_path / "search"
        yield Folder(settings.SEARCH_FOLDER)
        return
    server = urlsplit(request.getfixturevalue("elasticsearch_url"))
    line = Line((server.hostname, server.port))
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{line.port}"
    settings.ELASTICSEARCH_PREFIX = f"test-{secrets.token_hex(4)}-"
    # Patient: the machine of the tests may be busy.
    monkeypatch.setattr(engines, "connect", partial(connect, timeout=30))
    with closing(connect(server.geturl(), timeout=30)) as client:
        found = Server(line, client, settings.ELASTICSEARCH_PREFIX)
        yield found
        found.lose()
    line.cut()


@pytest.fixture
def district(db):
    """A centre, two answering offices, one person per role."""
    return make_district()


@pytest.fixture
def look(client, background):
    """Search on the page, after the worker has caught up; return its text."""

    def look(text="", path="/search/", **narrowed):
        background()
        response = client.get(path, {"q": text, **narrowed})
        assert response.status_code == 200
        return response.content.decode()

    return look
