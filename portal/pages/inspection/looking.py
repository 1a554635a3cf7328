"""Hold one page against what the site has and knows: for its editor, in a handful of queries."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from wagtail.documents import get_document_model
from wagtail.models import Page

from portal.pages.inspection.columns import column_of, is_source
from portal.pages.inspection.contents import content_of
from portal.pages.listing import IS_WRITTEN
from portal.pages.models import PreferredTerm
from portal.pages.rules.content_checks import Content, Finding, Known, Term, findings


def look_at(page: Page, today: date) -> list[Finding]:
    """Return what the checks find in a page, as its editor has it now: a draft, or not even saved."""
    is_translated = not page.pk or not is_source(page) or has_translation(page)
    content = content_of(page, translated=is_translated, column=column_of(page))
    known = Known(
        today=today,
        terms=terms_of(page.locale.language_code if page.locale_id else settings.LANGUAGE_CODE),
        pages=_live(content),
        documents=documents_at_hand(link.target for link in content.links if link.is_document and link.target),
    )
    return findings(content, known)


def has_translation(page: Page) -> bool:
    """Tell whether readers find the page in another language, and not only this text in its place."""
    return bool(page.get_translations().live().filter(IS_WRITTEN).exists())


def terms_of(language: str) -> tuple[Term, ...]:
    """Return the city's list of terms in one language."""
    return tuple(row.term for row in PreferredTerm.objects.filter(language=language))


def documents_at_hand(ids: Iterable[int] | None = None) -> frozenset[int]:
    """Return the documents, among `ids` or all, whose file is still where it should be."""
    documents = get_document_model().objects.all()
    if ids is not None and not (ids := set(ids)):
        return frozenset()
    rows = documents.filter(pk__in=ids) if ids is not None else documents
    return frozenset(row.pk for row in rows.only("pk", "file") if row.file and row.file.storage.exists(row.file.name))


def _live(content: Content) -> frozenset[int]:
    targets = {link.target for link in content.links if not link.is_document and link.target}
    return (
        frozenset(Page.objects.live().filter(pk__in=targets).values_list("pk", flat=True)) if targets else frozenset()
    )
