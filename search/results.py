"""What the page of results shows: hits with marks, what they can be narrowed to, what was perhaps meant."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from math import ceil
from operator import or_
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from portal.accounts.models import Office
from portal.ui.languages import html_code
from portal.ui.outward import outward
from search import registry
from search.analysis.highlighting import fragment, marked
from search.asking import PER_PAGE, Query
from search.blocked import blocked
from search.countable import holds
from search.documents import EVERYBODY, FACETS, ORIGINAL
from search.engines import current
from search.engines.base import EngineAway, Found
from search.models import Entry
from search.promoting import Target, recommended
from search.reading import Reading, read
from search.searching import Result, search
from search.synonyms import installed

SHOWN_VALUES = 12  # of a facet, the most frequent


@dataclass(frozen=True)
class Line:
    """A result as it is shown. title, text: with marks; address: of the page."""

    title: SafeString
    text: SafeString
    href: str
    kind: Any
    office: str
    published: date | None
    language: str


@dataclass(frozen=True)
class Value:
    """A value of a facet. href: the results with it, or without it where it was chosen."""

    label: Any
    count: int
    href: str
    is_chosen: bool


@dataclass(frozen=True)
class Results:
    """Everything that the page shows. limited: the engine is away, and titles were asked for in the database.

    foreign: nothing was found in the present language, so these are in the other. meant: what was perhaps meant, as a query.
    promoted: what editors recommend, on the first page; it does not stand among the lines again. partly: what follows
    the lines, and meets a part of what was asked.
    """

    query: Query
    promoted: Sequence[Line] = ()
    lines: Sequence[Line] = ()
    partly: Sequence[Line] = ()
    total: int = 0
    facets: Mapping[str, Sequence[Value]] = field(default_factory=dict)
    loosely: bool = False
    limited: bool = False
    foreign: bool = False
    meant: Query | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to show."""
        return not (self.promoted or self.lines or self.partly)


def results(query: Query, request: HttpRequest) -> Results:
    """Answer a query; one without words finds nothing. Never fails because the engine does."""
    if not query.text:
        return Results(query)
    language, foreign = html_code(), False
    try:
        result = _asked(query, language)
        if not result.found.total and language != ORIGINAL and not query.is_narrowed:
            language, foreign = ORIGINAL, True
            result = _asked(query, ORIGINAL)
    except EngineAway:
        reading = read(query.text, installed())
        ids = _by_title(reading, language)
        promoted, lines = _lines(query, ids, reading, request, {})
        return Results(query, promoted, list(lines.values()), total=len(ids), limited=True)
    names = _office_names(result.found, request)
    promoted, lines = _lines(query, result.found.ids, result.reading, request, names)
    exact = set(result.found.ids[: max(0, result.exact - query.offset)])
    return Results(
        query,
        promoted,
        [line for identity, line in lines.items() if identity in exact],
        [line for identity, line in lines.items() if identity not in exact],
        result.found.total,
        _facets(query, result.found, names),
        result.loosely,
        foreign=foreign and bool(result.found.total),
        meant=_meant(query, result.reading),
    )


def _asked(query: Query, language: str) -> Result:
    result = search(
        current(),
        query.text,
        installed(),
        filters={"language": (language,), "audience": (EVERYBODY,)},
        chosen=query.chosen,
        facets=FACETS,
        sort=query.sort,
        offset=query.offset,
        limit=PER_PAGE,
    )
    last = ceil(result.found.total / PER_PAGE)
    # Behind the last page stands the last one: an address may be old, or made up.
    return _asked(query.on_page(last), language) if 0 < last < query.page else result


def _by_title(reading: Reading, language: str) -> list[str]:
    """Return the documents whose title or other name holds one of the words: what a database can do by itself."""
    names = [name for name in reading.names if len(name) > 1]
    if not names:
        return []
    holds = reduce(or_, (Q(folded__contains=name) for name in names))
    found = Entry.objects.filter(holds, language=language, audience=EVERYBODY)
    return list(found.order_by("-weight", "id").values_list("id", flat=True)[:PER_PAGE])


def _lines(
    query: Query, ids: Sequence[str], reading: Reading, request: HttpRequest, offices: Mapping[str, str]
) -> tuple[list[Line], dict[str, Line]]:
    """Return what is recommended, and the results in order by id: of both what may be read now, and nothing twice."""
    targets = recommended(reading, html_code()) if query.is_plain else []
    wanted = {target.entry for target in targets if target.entry}
    entries = Entry.objects.in_bulk({*ids, *wanted})
    hits = registry.shown(list(entries), request)
    promoted = [
        _line(entries[one.entry], hits[one.entry], reading, offices) if one.entry else _address(one, reading)
        for one in targets
        if not one.entry or one.entry in hits
    ]
    found = {one: _line(entries[one], hits[one], reading, offices) for one in ids if one in hits and one not in wanted}
    return promoted if query.page == 1 else [], found


def _address(target: Target, reading: Reading) -> Line:
    title = mark_safe(marked(target.title, reading.names))  # noqa: S308 — escaped there
    return Line(title, mark_safe(""), outward(target.address), "", "", None, html_code())


def _line(entry: Entry, hit: registry.Hit, reading: Reading, offices: Mapping[str, str]) -> Line:
    kind = registry.kind(entry.kind)
    names = reading.names
    return Line(
        title=mark_safe(marked(hit.title, names)),  # noqa: S308 — escaped there
        text=mark_safe(fragment(hit.text or entry.body, names)),  # noqa: S308 — escaped there
        href=hit.url,
        kind=kind.label if kind else "",
        office=offices.get(entry.office, "") if entry.kind != "office" else "",
        published=entry.published,
        language=entry.language,
    )


def _facets(query: Query, found: Found, offices: Mapping[str, str]) -> dict[str, list[Value]]:
    labels: dict[str, Mapping[str, Any]] = {
        "kind": {one.name: one.label for one in registry.kinds()},
        "office": offices,
        "year": {one: one for one in found.facets.get("year", ())},
    }
    return {name: _values(query, name, found.facets.get(name, {}), labels[name]) for name in FACETS}


def _values(query: Query, name: str, counts: Mapping[str, int], labels: Mapping[str, Any]) -> list[Value]:
    shown = [one for one in counts if one in labels]
    if name == "year":
        shown.sort(reverse=True)
    else:
        shown.sort(key=lambda one: (-counts[one], one))
    lost = [one for one in query.chosen.get(name, ()) if one not in shown and one in labels]
    return [
        Value(labels[one], counts.get(one, 0), query.toggled(name, one).href, query.has(name, one))
        for one in [*shown[:SHOWN_VALUES], *lost]
    ]


def _office_names(found: Found, request: HttpRequest) -> dict[str, str]:
    """Return {code: name} of the offices that are counted."""
    codes: Iterable[str] = found.facets.get("office", {})
    return {office.code: office.local_name for office in Office.objects.filter(code__in=list(codes))}


def _meant(query: Query, reading: Reading) -> Query | None:
    """Return the query with the names that were perhaps meant in the place of what sounds or looks like them.

    Nobody is asked about what holds a blocked word, nor about a sentence of which only pieces were understood.
    """
    telling = reading.telling
    if not any(one.guessed for one in telling) or not all(one.is_name for one in telling):
        return None
    text = "".join(concept.guessed or concept.typed for concept in reading.concepts)
    if text == reading.text.replace(" ", "") or holds(text, blocked()):
        return None
    return query.saying(text)
