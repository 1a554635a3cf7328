"""Sections that other apps add to pages about an office or a topic; `portal.pages` shows them in order.

Whoever shows the page says only what it is about; whoever registers knows what there is to say.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

# Kinds of page, and what the function of a section gets: an office; the slugs under which a topic is known.
OFFICE, TOPIC = "office", "topic"
KINDS = (OFFICE, TOPIC)

Context = Callable[[HttpRequest, Any], dict[str, Any] | None]


@dataclass(frozen=True)
class Section:
    """A section: its template and the function that gives the template's variables, or None to leave it out."""

    template: str
    context: Context
    order: int


_sections: dict[str, dict[str, Section]] = {kind: {} for kind in KINDS}


def register(kind: str, name: str, template: str, context: Context, order: int) -> None:
    """Add a section to pages of a kind. order: smaller comes first."""
    _sections[kind][name] = Section(template, context, order)


def rendered(kind: str, about: Any, request: HttpRequest) -> list[SafeString]:
    """Return the sections of a page in order; one that has nothing to show is left out."""
    chosen = sorted(_sections[kind].values(), key=lambda section: section.order)
    shown = ((section.template, section.context(request, about)) for section in chosen)
    return [render_to_string(template, context, request) for template, context in shown if context is not None]
