"""What the house holds about one person: gathered from every app for them to take along, or to erase.

Apps above tell here what they keep (`register`), because this storey does not know them. A row is
told by the registry of fields (`portal.kernel.personal`), so that a new field about a person is in
the export without anybody remembering it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import IO, Any
from uuid import UUID

from django.db import models

from portal.kernel import vault
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.personal import SEALED, Subject, field_of

# What stands for a keyed fingerprint, from which nobody gets the value back.
UNREADABLE = "(fingerprint)"


@dataclass(frozen=True)
class Table:
    """Rows of one kind. model: "app_label.Model". words: the fields people read, in order, with their names."""

    model: str
    heading: Any
    words: Mapping[str, Any]
    rows: list[dict[str, Any]]


@dataclass(frozen=True)
class OwnFile:
    """A file the person handed in. Opening it may raise OSError."""

    name: str
    open: Callable[[], IO[bytes]]


@dataclass
class Holdings:
    """Everything held about one person."""

    tables: list[Table] = field(default_factory=list)
    files: list[OwnFile] = field(default_factory=list)

    def add(self, model: type[models.Model], heading: Any, words: Mapping[str, Any], rows: Iterable[Any]) -> None:
        """Add the rows of a table; one without rows is left out."""
        told = [told_of(row) for row in rows]
        if told:
            self.tables.append(Table(model._meta.label, heading, words, told))


@dataclass(frozen=True)
class Keeper:
    """How an app tells and erases what it keeps of an account.

    open_matters: how many matters must end first. erase: inside the account's own transaction.
    """

    tell: Callable[[UUID], Holdings]
    open_matters: Callable[[UUID], int]
    erase: Callable[[UUID, Actor, Clock], None]


_keepers: dict[str, Keeper] = {}


def register(name: str, keeper: Keeper) -> None:
    """Let an app speak for what it keeps; `name` is stable, such as "answers"."""
    if _keepers.get(name, keeper) is not keeper:
        raise ValueError(f"two keepers are called {name}")
    _keepers[name] = keeper


def keepers() -> list[Keeper]:
    """Return all keepers, in the order of their names."""
    return [keeper for _name, keeper in sorted(_keepers.items())]


def told_of(row: models.Model) -> dict[str, Any]:
    """Return what a row says, by field: sealed values opened, fingerprints as such.

    Keys and the words and ids of staff are left out: they are not about the person.
    """
    told = {}
    for column in row._meta.concrete_fields:
        said = field_of(row._meta.label, column.name)
        if said is None or isinstance(column, models.BinaryField) or column.name == "password":
            continue
        if said.is_private and said.subject == Subject.STAFF:
            continue
        if not said.is_private and column.is_relation:
            continue
        told[column.name] = _value(row, column)
    return told


def _value(row: models.Model, column: Any) -> Any:
    value = getattr(row, column.attname)
    said = field_of(row._meta.label, column.name)
    if value and said and said.is_private and said.is_unreadable:
        return UNREADABLE
    return vault.installed().open(value) if column.name.endswith(SEALED) else value
