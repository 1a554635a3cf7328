"""Ids as a browser sends them: what is none is left out."""

from collections.abc import Iterable
from contextlib import suppress
from uuid import UUID


def uuids(texts: Iterable[str]) -> list[UUID]:
    """Return those of `texts` that are ids, in order."""
    found = []
    for text in texts:
        with suppress(ValueError):
            found.append(UUID(text))
    return found
