"""What can be found. An app registers its kinds when it starts; the search knows no app by name."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest

from portal.journal.handlers import Told
from search.documents import Document


@dataclass(frozen=True)
class Hit:
    """A document as a list of results names it, in the present language. text: what is said in it, where its app keeps
    that nowhere but in its own tables; else the copy that was indexed is shown.
    """

    title: str
    url: str
    text: str = ""
    published: date | None = None


@dataclass(frozen=True)
class Kind:
    """What is found of one kind. The id of a document is ``name:key``; a key holds no comma.

    documents: everything that may be found, in the order of the keys, in so many queries however much there is.
    keys: those of all of them, without reading what they say.
    document: one, read afresh; None for what may not be found, or no longer.
    shown: {key: hit} of those of the keys that whoever asks may read now; one query or two. Kinds with the same
    function are asked together.
    changed_by: {name of an event: the keys that it makes stale}.
    answers: whether it may answer what somebody is about to ask, so that it is offered while they write.
    """

    name: str
    label: Any
    documents: Callable[[], Iterator[Document]]
    keys: Callable[[], Iterator[str]]
    document: Callable[[str], Document | None]
    shown: Callable[[Sequence[str], HttpRequest], Mapping[str, Hit]]
    changed_by: Mapping[str, Callable[[Told], Iterable[str]]] = field(default_factory=dict)
    answers: bool = False


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Let a kind be found."""
    _kinds[kind.name] = kind


def kinds() -> list[Kind]:
    """Return every kind, in the order of registration."""
    return list(_kinds.values())


def identities() -> Iterator[str]:
    """Yield the id of every document that may be found."""
    for one in kinds():
        yield from map(f"{one.name}:{{}}".format, one.keys())


def kind(name: str) -> Kind | None:
    """Return the kind called `name`; None where its app is no longer installed."""
    return _kinds.get(name)


def split(identity: str) -> tuple[str, str]:
    """Return the kind and the key of a document's id."""
    name, _, key = identity.partition(":")
    return name, key


def fresh(identity: str) -> Document | None:
    """Return the document as it is now, None for what may not be found."""
    name, key = split(identity)
    found = kind(name)
    return found.document(key) if found else None


def stale(told: Told) -> Iterator[str]:
    """Yield the ids of the documents that an event makes stale."""
    for one in kinds():
        if told.name in one.changed_by:
            yield from (f"{one.name}:{key}" for key in one.changed_by[told.name](told))


def events() -> set[str]:
    """Return the names of the events that make documents stale."""
    return {name for one in kinds() for name in one.changed_by}


def shown(identities: Sequence[str], request: HttpRequest) -> dict[str, Hit]:
    """Return {id: hit} of the documents that whoever asks may read now: one call for each function."""
    asked: dict[Any, dict[str, str]] = {}
    for identity in identities:
        name, key = split(identity)
        if found := kind(name):
            asked.setdefault(found.shown, {})[key] = identity
    hits: dict[str, Hit] = {}
    for function, keys in asked.items():
        hits |= {keys[key]: hit for key, hit in function(list(keys), request).items()}
    return hits
