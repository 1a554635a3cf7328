"""How a type of page becomes a kind that is found."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import translation
from wagtail.models import Page, Site
from wagtail.rich_text import get_text_for_indexing

from portal.journal.handlers import Told
from portal.kernel.refs import Ref
from portal.pages.events import PageChanged, TopicChanged
from portal.pages.listing import open_to_all
from portal.pages.presenting.topics import topical_types
from portal.ui.languages import HTML_CODES
from search.batches import batches
from search.documents import Document
from search.registry import Hit, Kind, register

OFFICE_CHANGED = "accounts.office_changed"
# What of an office's settings is said on pages about other things, or hides them.
OF_OFFICE = frozenset({"name", "name_en", "is_active"})
CHUNK = 100  # pages that are read together, with their rows

Words = Callable[[Any], Iterable[str]]


def register_pages(
    name: str,
    model: type[Page],
    *,
    body: Words,
    label: Any = None,
    keywords: Words = lambda page: (),
    office: Callable[[Any], str] = lambda page: "",
    published: Callable[[Any], date | None] = lambda page: None,
    weight: float = 1.0,
    narrow: Callable[[QuerySet[Any]], QuerySet[Any]] = lambda pages: pages,
    names: Mapping[str, str] = MappingProxyType({}),
    answers: bool = False,
) -> None:
    """Let the pages of a type be found.

    body, keywords: what is said on a page and what it is called besides, asked in the page's language. narrow:
    joins and prefetches what they read, and leaves out what nobody may read though it is live. names: {event: lookup}
    of other things that pages name, by which those are found that have to be read again; topics are known by themselves.
    answers: as in `search.registry.Kind`.
    """

    def document(page: Any) -> Document:
        with translation.override(page.locale.language_code):
            return Document(
                id=f"{name}:{page.pk}",
                kind=name,
                title=page.title,
                body=_text(body(page)),
                keywords=_text(keywords(page)),
                language=HTML_CODES[page.locale.language_code],
                office=office(page),
                published=published(page),
                weight=weight,
            )

    def public() -> QuerySet[Any]:
        # A page that only stands in for a translation says nothing that the other does not.
        pages = model.objects.live().filter(open_to_all(), alias_of=None).select_related("locale")
        return narrow(pages).order_by("pk")

    def documents() -> Iterator[Document]:
        for chunk in batches(public().iterator(chunk_size=CHUNK), CHUNK):
            yield from map(document, chunk)

    def keys() -> Iterator[str]:
        numbers = public().prefetch_related(None).values_list("pk", flat=True)
        return map(str, numbers.iterator())

    def one(key: str) -> Document | None:
        found = public().filter(pk=key).first()
        return document(found) if found else None

    topics = next((field for topical, field in topical_types() if topical is model), "")
    lookups = {**names, **({TopicChanged.name: topics} if topics else {})}

    def stale(told: Told) -> Iterator[str]:
        if told.name == PageChanged.name and told.payload["kind"] == model._meta.model_name:
            yield str(told.payload["page"])
        if told.name in lookups and _is_said_elsewhere(told):
            pages = model.objects.filter(**{lookups[told.name]: Ref.parse(told.aggregate).id})
            yield from map(str, pages.values_list("pk", flat=True).distinct())

    register(
        Kind(
            name=name,
            label=label or model._meta.verbose_name,
            documents=documents,
            keys=keys,
            document=one,
            shown=shown_pages,
            changed_by=dict.fromkeys((PageChanged.name, *lookups), stale),
            answers=answers,
        )
    )


def _is_said_elsewhere(told: Told) -> bool:
    return told.name != OFFICE_CHANGED or not OF_OFFICE.isdisjoint(told.payload["fields"])


def shown_pages(keys: Sequence[str], request: HttpRequest) -> Mapping[str, Hit]:
    """Return the hits of those pages that everybody may read now."""
    pages = Page.objects.live().filter(open_to_all(), pk__in=keys).select_related("locale")
    Site.find_for_request(request)
    return {str(page.pk): Hit(page.title, page.get_url(request) or "") for page in pages}


def prose(*texts: str) -> list[str]:
    """Return what can be read in rich texts."""
    return [get_text_for_indexing(text) for text in texts if text]


def blocks(value: Any) -> list[str]:
    """Return what can be read in blocks."""
    return [get_text_for_indexing(text) for text in value.stream_block.get_searchable_content(value)] if value else []


def _text(pieces: Iterable[str]) -> str:
    return "\n".join(piece for piece in map(str, pieces) if piece)
