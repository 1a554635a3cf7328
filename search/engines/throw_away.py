"""Engines for one run: an index that is gone when the run ends."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from search.engines.base import Engine, EngineAway
from search.engines.elasticsearch import PATIENCE, ElasticsearchEngine, connect
from search.engines.embedded import EmbeddedEngine

NAMES = ("memory", "tantivy", "elasticsearch")
# Where a server is, for tests or the one of this installation; the first that is given.
ADDRESSES = ("SEARCH_TEST_ES_URL", "ELASTICSEARCH_URL")


class Missing(Exception):
    """The engine is not there."""


@contextmanager
def engine(name: str) -> Iterator[Engine]:
    """Give an empty engine called `name`. Raises Missing with the reason."""
    if name == "memory":
        yield EmbeddedEngine()
    elif name == "tantivy":
        with tempfile.TemporaryDirectory() as folder:
            embedded = EmbeddedEngine(Path(folder))
            embedded.clear()
            yield embedded
    elif name == "elasticsearch":
        with ExitStack() as stack:
            given = [os.environ[address] for address in ADDRESSES if os.environ.get(address)]
            url = given[0] if given else stack.enter_context(_server_of_the_tests())
            key, certificates = (
                os.environ.get("ELASTICSEARCH_API_KEY", ""),
                os.environ.get("ELASTICSEARCH_CA_CERTS", ""),
            )
            client = connect(url, key, certificates, timeout=PATIENCE)
            prefix = f"portal-eval-{secrets.token_hex(4)}-"
            found = ElasticsearchEngine(client, prefix)
            try:
                found.clear()
            except EngineAway as reason:
                raise Missing(f"no answer from Elasticsearch: {reason}") from reason
            stack.callback(lambda: [client.indices.delete(index=one) for one in client.indices.get(index=f"{prefix}*")])
            yield found
    else:
        raise Missing(f"no engine {name}")


@contextmanager
def _server_of_the_tests() -> Iterator[str]:
    # Beside the product, not in it: an installation without the tests has no need of it.
    try:
        from scripts.services import Unavailable
        from tests.elasticsearch_node.starting import elasticsearch
    except ImportError as error:
        raise Missing(f"neither {' nor '.join(ADDRESSES)} is set, and the tests' server is not here") from error
    try:
        with elasticsearch() as url:
            yield url
    except Unavailable as reason:
        raise Missing(str(reason)) from reason
