"""Blocks of the home page. Apps register them when they start; `portal.pages` shows them in order."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class HomeBlock:
    """A block: its template and the function that gives the template's variables, or None to leave it out.

    personal: it differs by who looks; the others are made once for everybody and kept for seconds.
    """

    name: str
    template: str
    context: Callable[[HttpRequest], dict[str, Any] | None]
    order: int
    personal: bool = False


_blocks: dict[str, HomeBlock] = {}


def register(
    name: str,
    template: str,
    context: Callable[[HttpRequest], dict[str, Any] | None],
    order: int,
    *,
    personal: bool = False,
) -> None:
    """Add a block to the home page. order: smaller comes first; see docs for the order that is agreed."""
    _blocks[name] = HomeBlock(name, template, context, order, personal)


def blocks() -> list[HomeBlock]:
    """Return the blocks in order."""
    return sorted(_blocks.values(), key=lambda block: block.order)
