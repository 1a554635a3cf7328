"""Look at every page of the site: a fixed number of queries, however many pages there are."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from wagtail.models import Page, get_page_models

from portal.kernel.workdays import local_date
from portal.pages.inspection.columns import EPOCH, column
from portal.pages.inspection.contents import content_of, rows_of
from portal.pages.inspection.looking import documents_at_hand
from portal.pages.listing import IS_WRITTEN
from portal.pages.models import BasePage, ListPage, PreferredTerm
from portal.pages.rules.content_checks import Check, Column, Finding, Known, Term, findings


@dataclass(frozen=True)
class Seen:
    """A live page and what the checks find in it."""

    page: Any
    found: tuple[Finding, ...]


class Survey:
    """Every live page of the editors, looked at once. Everything is loaded when it is first asked for."""

    def __init__(self, today: date) -> None:
        self.today = today

    @cached_property
    def pages(self) -> list[Seen]:
        """Every page with its findings, in the order of the tree."""
        seen = [Seen(page, tuple(self._look(page))) for model in editors_types() for page in _loaded(model)]
        return sorted(seen, key=lambda one: one.page.path)

    def with_finding(self, *checks: Check) -> list[tuple[Any, Finding]]:
        """Return the pages in which one of `checks` finds something, each with its first finding of them."""
        found = ((one.page, next((f for f in one.found if f.check in checks), None)) for one in self.pages)
        return [(page, finding) for page, finding in found if finding is not None]

    @property
    def newest(self) -> date | None:
        """The day on which a page in the site's own language has last come out."""
        own = [day for _path, day, language in self._tree if language == settings.LANGUAGE_CODE]
        return max(own, default=None)

    @cached_property
    def _tree(self) -> list[tuple[str, date, str]]:
        """Return place, last day of publication and language of every live page."""
        published = Coalesce("last_published_at", "latest_revision_created_at", Value(EPOCH))
        rows = Page.objects.live().annotate(day=published, language=F("locale__language_code"))
        return [
            (path, local_date(day), language) for path, day, language in rows.values_list("path", "day", "language")
        ]

    @cached_property
    def _latest_below(self) -> dict[str, date]:
        """Return, by the place of a page, the newest day right below it."""
        latest: dict[str, date] = {}
        for path, day, _language in self._tree:
            above = path[: -Page.steplen]
            latest[above] = max(latest.get(above, day), day)
        return latest

    @cached_property
    def _known(self) -> dict[str, Known]:
        """Return what pages of each language are held against."""
        live = frozenset(Page.objects.live().values_list("pk", flat=True))
        documents, terms = documents_at_hand(), list(PreferredTerm.objects.all())
        return {
            language: Known(self.today, _terms(terms, language), live, documents)
            for language, _name in settings.LANGUAGES
        }

    @cached_property
    def _translated(self) -> frozenset[Any]:
        rows = Page.objects.live().filter(IS_WRITTEN).exclude(locale__language_code=settings.LANGUAGE_CODE)
        return frozenset(rows.values_list("translation_key", flat=True))

    def _look(self, page: Any) -> Iterator[Finding]:
        language = page.locale.language_code
        is_translated = language != settings.LANGUAGE_CODE or page.translation_key in self._translated
        content = content_of(page, translated=is_translated, column=self._column(page))
        yield from findings(content, self._known[language])

    def _column(self, page: Any) -> Column | None:
        return column(type(page), self._latest_below.get(page.path)) if isinstance(page, ListPage) else None


def editors_types() -> list[type[Any]]:
    """Return the types of pages that editors have."""
    return [model for model in get_page_models() if issubclass(model, BasePage)]


def _loaded(model: type[Any]) -> list[Any]:
    """Return the live pages of a type with all their rows: one query, and one for each kind of row.

    What stands in for a translation is its original's text, which is among them already.
    """
    pages = model.objects.live().filter(IS_WRITTEN).select_related("locale")
    return list(pages.prefetch_related(*(accessor for accessor, _row in rows_of(model))))


def _terms(rows: list[PreferredTerm], language: str) -> tuple[Term, ...]:
    return tuple(row.term for row in rows if row.language == language)
