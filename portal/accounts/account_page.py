"""What apps above add to the page of one's account, which does not know them."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Line:
    """A line of the account page that leads elsewhere. key, text: lazily translated; order: smaller comes first."""

    key: Any
    text: Any
    url_name: str
    order: int


_lines: dict[str, Line] = {}


def register(key: Any, text: Any, url_name: str, *, order: int) -> None:
    """Add a line, one per address."""
    _lines[url_name] = Line(key, text, url_name, order)


def lines() -> list[Line]:
    """Return the lines in order."""
    return sorted(_lines.values(), key=lambda line: line.order)
