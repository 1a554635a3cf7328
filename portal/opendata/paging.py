"""From page to page by the last row that was seen: what is added meanwhile makes nobody miss or see a row twice.

Rows go by the instant of their last change, oldest first, so that whoever has read to the end reads
on from there later and gets only what has changed since.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.db.models import Q, QuerySet

from portal.opendata.datasets import Dataset


class BadPosition(ValueError):
    """This is no position that a list has given out."""


@dataclass(frozen=True)
class Position:
    """A place in a list. changed: None where the rows bear no instant."""

    key: str
    changed: datetime | None

    @classmethod
    def of(cls, row: Any, dataset: Dataset) -> Self:
        """Return the place of a row."""
        return cls(str(_value(row, dataset.key)), _value(row, dataset.changed) if dataset.changed else None)

    @classmethod
    def read(cls, text: str) -> Self:
        """Read what `str` gave out. Raises BadPosition."""
        try:
            changed, _gap, key = urlsafe_b64decode(text.encode()).decode().partition(" ")
            return cls(str(UUID(key)), datetime.fromisoformat(changed) if changed else None)
        except ValueError:
            raise BadPosition from None

    def __str__(self) -> str:
        changed = self.changed.isoformat() if self.changed else ""
        return urlsafe_b64encode(f"{changed} {self.key}".encode()).decode()


def ordered(rows: "QuerySet[Any]", dataset: Dataset, after: Position | None = None) -> "QuerySet[Any]":
    """Return the rows in order, those behind a position only. Raises BadPosition for one of another list."""
    if after is None:
        return rows.order_by(*filter(None, [dataset.changed, dataset.key]))
    if (after.changed is None) is not (dataset.changed is None):
        raise BadPosition
    behind = Q(**{f"{dataset.key}__gt": after.key})
    if dataset.changed:
        behind = Q(**{f"{dataset.changed}__gt": after.changed}) | Q(**{dataset.changed: after.changed}) & behind
        # By itself the database would not see that the index leads straight to the place.
        rows = rows.filter(**{f"{dataset.changed}__gte": after.changed})
    return ordered(rows.filter(behind), dataset)


def _value(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row
