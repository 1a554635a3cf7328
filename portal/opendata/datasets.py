"""The datasets that apps publish. An app registers its own when it starts.

One declaration makes the JSON list and its items, the CSV file, the entry on the page and the
description in OpenAPI.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Schema


@dataclass(frozen=True)
class Filter:
    """A query parameter that narrows a dataset. lookup: Django's, such as ``office__code``; text: what it takes."""

    lookup: str
    text: Any


@dataclass(frozen=True)
class Dataset:
    """What is published of one kind.

    name: its address, such as ``guides``. item: the fields of an entry; their descriptions are Chinese
    messages. rows: the rows that everybody may read, in a language (Django's code), with all that
    `make` needs. make: the entry of a row, in the present language. key: the field with the id that stays. changed: the field
    with the instant of the last change, None where rows bear none.
    """

    name: str
    title: Any
    about: Any
    item: type[Schema]
    rows: Callable[[str], "QuerySet[Any]"]
    make: Callable[[Any, HttpRequest], Schema]
    key: str
    changed: str | None = None
    filters: dict[str, Filter] = field(default_factory=dict)


@dataclass(frozen=True)
class OtherFile:
    """Something else to take along, at an address of its own. url_name: without arguments."""

    title: Any
    about: Any
    url_name: str
    format: str


_datasets: dict[str, Dataset] = {}
_files: dict[str, OtherFile] = {}


def register(dataset: Dataset) -> None:
    """Publish a dataset."""
    _datasets[dataset.name] = dataset


def register_file(file: OtherFile) -> None:
    """Name another file on the page of open data."""
    _files[file.url_name] = file


def datasets() -> list[Dataset]:
    """Return what is published, by name."""
    return [_datasets[name] for name in sorted(_datasets)]


def dataset(name: str) -> Dataset:
    """Return one dataset. Raises KeyError."""
    return _datasets[name]


def other_files() -> list[OtherFile]:
    """Return what else can be taken along."""
    return list(_files.values())
