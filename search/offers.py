"""What is offered to somebody who is about to ask: what everybody may read and perhaps answers it already.

What is being written is about a person. It is sent to the engine, and neither kept, counted nor logged.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest

from portal.ui.languages import html_code
from search import registry
from search.documents import EVERYBODY, ORIGINAL
from search.engines import current
from search.likeness import alike
from search.models import Entry
from search.synonyms import installed

SHOWN = 5  # more are not read by somebody who writes
ASKED = 8  # some may be gone from the database by now
AT_LEAST = 4  # characters of title and text: two of the shortest words


@dataclass(frozen=True)
class Offer:
    """Something to read before asking. language: of its title."""

    title: str
    href: str
    kind: Any
    published: date | None
    language: str


def offers(title: str, text: str, request: HttpRequest) -> list[Offer]:
    """Return what perhaps answers a question that is being written, the best first; nothing for what is too short to tell.

    In the present language and in the original one, in which most is written. Raises EngineAway.
    """
    if len("".join((title + text).split())) < AT_LEAST:
        return []
    filters = {
        "kind": [one.name for one in registry.kinds() if one.answers],
        "language": sorted({html_code(), ORIGINAL}),
        "audience": [EVERYBODY],
    }
    ids = alike(current(), title, text, installed(), filters=filters, limit=ASKED)
    entries = Entry.objects.in_bulk(ids)
    hits = registry.shown([one for one in ids if one in entries], request)
    return [_offer(entries[one], hits[one]) for one in ids if one in hits][:SHOWN]


def _offer(entry: Entry, hit: registry.Hit) -> Offer:
    kind = registry.kind(entry.kind)
    return Offer(hit.title, hit.url, kind.label if kind else "", entry.published, entry.language)
