"""The engines, a real Elasticsearch and a district with people, for the tests of this folder."""

import os
import secrets
from collections.abc import Callable, Iterator

import pytest

from scripts.services import Unavailable
from search.engines.base import Engine
from search.engines.elasticsearch import ElasticsearchEngine, connect
from search.engines.embedded import EmbeddedEngine
from tests.elasticsearch_node.starting import elasticsearch
from tests.factories.answers import make_district


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


@pytest.fixture
def district(db):
    """A centre, two answering offices, one person per role."""
    return make_district()
