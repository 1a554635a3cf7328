"""A dataset as a table: one line per entry, lists in one cell."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from portal.opendata.datasets import MOST, Dataset
from portal.opendata.paging import Position, ordered

BETWEEN = "；"


def table(dataset: Dataset, rows: "QuerySet[Any]", request: HttpRequest) -> Iterator[list[str]]:
    """Yield the names of the columns, then the entries; reads them in pieces, so that no size fills the memory."""
    names = list(dataset.item.model_fields)
    yield names
    after: Position | None = None
    while piece := list(ordered(rows, dataset, after)[:MOST]):
        for row in piece:
            entry = dataset.make(row, request).model_dump(mode="json")
            yield [cell(entry[name]) for name in names]
        after = Position.of(piece[-1], dataset)


def cell(value: Any) -> str:
    """Return a value as the text of a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return " ".join(text for text in map(cell, value.values()) if text)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return BETWEEN.join(map(cell, value))
    return str(value)
