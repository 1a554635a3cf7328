"""Makes the index anew while it is asked: nobody finds less for a moment, and no change is lost.

1. A new index is begun; from then on every change is written to both.
2. The journal's position is read, then the documents: what changes while they are read comes by itself, with a
   greater position, and is never replaced by what was read before it.
3. What is in the new index is counted, and only then it takes the old one's place, in one step.

The index before is kept, and `Engine.roll_back` lets it be asked again.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from time import monotonic

from search.documents import Document
from search.engines.base import Engine

# A new index with less than this share of the old one's documents is more likely a fault than a tidy-up. Ours.
SHRINKS_TO = 0.5
STEP = 500  # documents between two words of progress


class Shrunk(Exception):
    """The new index holds far fewer documents than the old one, which therefore stays. old, new: how many."""

    def __init__(self, old: int, new: int) -> None:
        super().__init__(f"the new index would hold {new} documents, the one in use holds {old}")
        self.old, self.new = old, new


@dataclass(frozen=True)
class Report:
    """What a rebuild did. name: of the new index; written: documents read and written; held: what it holds now."""

    name: str
    written: int
    held: int
    seconds: float


def rebuild(
    engine: Engine,
    documents: Iterable[Document],
    *,
    position: Callable[[], int] = lambda: 0,
    progress: Callable[[int], None] = lambda count: None,
    may_shrink: bool = False,
) -> Report:
    """Make the index anew from `documents`, which have to be read lazily: the first one after the new index has begun.

    position: reads the journal's; progress: is told how many are written. Raises EngineAway, TakenOver (a later
    rebuild has begun) and Shrunk; in each case what is asked stays as it is.
    """
    began = monotonic()
    name = engine.begin()
    counted = _Counting(documents, progress)
    engine.fill(name, counted, position())
    old, new = engine.count() if engine.names().current else 0, engine.count(name)
    if new < old * SHRINKS_TO and not may_shrink:
        raise Shrunk(old, new)
    engine.swap(name)
    progress(counted.count)
    return Report(name, counted.count, new, monotonic() - began)


class _Counting:
    """Passes documents on and counts them."""

    def __init__(self, documents: Iterable[Document], progress: Callable[[int], None]) -> None:
        self._documents, self._progress, self.count = documents, progress, 0

    def __iter__(self) -> Iterator[Document]:
        for document in self._documents:
            self.count += 1
            yield document
            if self.count % STEP == 0:
                self._progress(self.count)
