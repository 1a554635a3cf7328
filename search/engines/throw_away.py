"""Engines for one run: an index that is gone when the run ends."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.engines.base import Engine
from search.engines.embedded import EmbeddedEngine

NAMES = ("memory", "tantivy", "elasticsearch")


class Missing(Exception):
    """The engine is not there."""


@contextmanager
def engine(name: str) -> Iterator[Engine]:
    """Give an empty engine called `name`. Raises Missing with the reason."""
    if name == "memory":
        yield EmbeddedEngine()
    elif name == "tantivy":
        with tempfile.TemporaryDirectory() as folder:
            yield EmbeddedEngine(Path(folder))
    else:
        raise Missing(f"no engine {name}")
