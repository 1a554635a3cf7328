"""What every list of pages keeps to: live, open to all, in the language of the reader."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Length, Substr
from django.utils.translation import get_language
from wagtail.models import Page, PageQuerySet, PageViewRestriction

from portal.ui.languages import HTML_CODES, NAMES

Model = TypeVar("Model", bound=Page)
# An alias is another page's text: in the other language it stands in for the translation until there is one.
IS_WRITTEN = Q(alias_of=None)


def open_to_all(path: str = "path") -> Q:
    """Return the condition that nothing keeps readers out of a page or of one above it. path: of the page's place.

    Part of the list's own query; `PageQuerySet.public` asks the database once more each time.
    """
    above = PageViewRestriction.objects.filter(page__path=Substr(OuterRef(path), 1, Length("page__path")))
    return Q(~Exists(above))


def listed(model: type[Model]) -> PageQuerySet:
    """Return the pages of a type that a list in the present language may name."""
    return model.objects.live().filter(open_to_all(), locale__language_code=get_language())


def written(model: type[Model]) -> PageQuerySet:
    """Return those of `listed` that are written in the present language, and do not only stand in for a translation."""
    return listed(model).filter(IS_WRITTEN)


def telling_originals(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Add, in the list's own query, what `original_of` asks for."""
    return pages.annotate(original_language=F("alias_of__locale__language_code"))


def original_of(page: Any) -> tuple[str, str] | None:
    """Return code (as HTML writes it) and name of the language in which a page of `telling_originals` stands in.

    None for a page that is written in the present language.
    """
    code = page.original_language
    return (HTML_CODES[code], NAMES[code]) if code and code != get_language() else None


def readable(pages: Iterable[Page]) -> set[int]:
    """Return the ids of those pages that everybody may read: a page may name no other. One query, none for no pages."""
    ids = [page.pk for page in pages]
    if not ids:
        return set()
    return set(Page.objects.live().filter(open_to_all(), pk__in=ids).values_list("pk", flat=True))


def in_language(pages: Sequence[Model], locale_id: int | None) -> dict[Any, Model]:
    """Return by translation key those of some pages that are of a language, and of the others their open translations.

    One query where there are others, none otherwise.
    """
    found = {page.translation_key: page for page in pages if page.locale_id == locale_id}
    if others := {page.translation_key for page in pages} - found.keys():
        twins = type(pages[0])._default_manager.live().filter(open_to_all(), locale=locale_id)
        found |= {
            page.translation_key: page for page in twins.filter(translation_key__in=others).select_related("locale")
        }
    return found
