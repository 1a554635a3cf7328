"""Where the embedded engine keeps its indexes: in memory, or in a folder that several processes share.

In a folder each index has a folder of its own, and ``indexes.json`` says which is asked and which is built. It is
replaced in one step, so that whoever reads it sees the old names or the new ones.
"""

import fcntl
import json
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Protocol

import tantivy

from search.engines.naming import Names


class Shelf(Protocol):
    """Keeps indexes by name."""

    def names(self) -> Names:
        """Return which indexes there are."""

    def taken(self) -> list[str]:
        """Return every name that has been given, of what is kept."""

    def make(self, name: str, schema: tantivy.Schema) -> None:
        """Make an empty index."""

    def index(self, name: str) -> tantivy.Index:
        """Return an index, as the last commit of any process left it. Raises ValueError where it is broken or gone."""

    def say(self, names: Names) -> None:
        """Let these names be known from now on, and drop every other index."""

    def alone(self) -> AbstractContextManager[object]:
        """Keep others from changing the names meanwhile."""


class MemoryShelf:
    """For one process."""

    def __init__(self) -> None:
        self._names = Names()
        self._indexes: dict[str, tantivy.Index] = {}
        self._lock = threading.RLock()

    def names(self) -> Names:
        """Return which indexes there are."""
        return self._names

    def taken(self) -> list[str]:
        """Return the names of all."""
        return list(self._indexes)

    def make(self, name: str, schema: tantivy.Schema) -> None:
        """Make an empty index."""
        self._indexes[name] = tantivy.Index(schema)

    def index(self, name: str) -> tantivy.Index:
        """Return an index."""
        try:
            found = self._indexes[name]
        except KeyError as error:
            raise ValueError(f"no index {name}") from error
        found.reload()
        return found

    def say(self, names: Names) -> None:
        """Let these names be known."""
        self._names = names
        self._indexes = {name: index for name, index in self._indexes.items() if name in asdict(names).values()}

    def alone(self) -> AbstractContextManager[object]:
        """Keep other threads away."""
        return self._lock


class FolderShelf:
    """For several processes on one machine."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._file = folder, folder / "indexes.json"
        # {name: (the stamp of its last commit, the index as of then)}
        self._open: dict[str, tuple[object, tantivy.Index]] = {}

    def names(self) -> Names:
        """Return which indexes there are."""
        try:
            return Names(**json.loads(self._file.read_text("utf-8")))
        except FileNotFoundError:
            return Names()

    def taken(self) -> list[str]:
        """Return the names of all folders."""
        return [path.name for path in self._folder.iterdir() if path.is_dir()]

    def make(self, name: str, schema: tantivy.Schema) -> None:
        """Make an empty index."""
        (self._folder / name).mkdir()
        tantivy.Index(schema, path=str(self._folder / name), reuse=False)

    def index(self, name: str) -> tantivy.Index:
        """Return an index."""
        path = self._folder / name
        try:
            found = (path / "meta.json").stat()
        except OSError as error:
            self._open.pop(name, None)
            raise ValueError(f"no index {name}") from error
        stamp = found.st_mtime_ns, found.st_ino
        known = self._open.get(name)
        if known is None or known[0] != stamp:
            index = known[1] if known else tantivy.Index.open(str(path))
            index.reload()
            known = self._open[name] = stamp, index
        return known[1]

    def say(self, names: Names) -> None:
        """Let these names be known; the file is on the disk before it takes the old one's place."""
        new = self._file.with_suffix(".new")
        with new.open("w", encoding="utf-8") as out:
            json.dump(asdict(names), out)
            out.flush()
            os.fsync(out.fileno())
        new.replace(self._file)
        for name in set(self.taken()) - set(asdict(names).values()):
            self._open.pop(name, None)
            # Whoever still reads it has its files open.
            shutil.rmtree(self._folder / name, ignore_errors=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other processes away."""
        with (self._folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
