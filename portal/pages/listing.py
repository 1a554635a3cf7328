"""What every list of pages keeps to: live, open to all, in the language of the reader."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length, Substr
from django.utils.translation import get_language
from wagtail.models import Page, PageQuerySet, PageViewRestriction

Model = TypeVar("Model", bound=Page)


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
    return listed(model).filter(alias_of=None)


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
