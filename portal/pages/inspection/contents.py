"""A page as plain data for the checks: whatever type it is, its words, links and pictures are found by its fields.

Rows are read through the page, so that a draft that nobody has saved yet can be checked, and prefetched rows cost nothing.
"""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import get_all_child_relations
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import Page

from portal.pages.inspection.elements import missing_elements
from portal.pages.presenting.meta import source_of
from portal.pages.rules.content_checks import DEMANDS, QUOTING, Column, Content, Link, Text
from portal.pages.wording.words import Marks, plain

# Of what every page has only these are words for readers.
OF_EVERY_PAGE = {"title", "seo_title", "search_description"}
WORDS = (models.CharField, models.TextField, RichTextField)
# Addresses, codes, names of keys: nothing that is read as a sentence.
NO_WORDS = (models.SlugField, models.URLField, models.EmailField, models.UUIDField)


def content_of(page: Page, *, translated: bool = True, column: Column | None = None) -> Content:
    """Return a page as the checks read it.

    page: of its specific type. translated: whether an English page goes with it, as the caller has
    looked up. column: what the caller knows of the pages below, where the page is a list of others.
    """
    fields = [field for field in page._meta.get_fields() if isinstance(field, models.Field)]
    texts, links, pictures = list(_texts(page, fields)), list(_links(page, fields)), list(_pictures(page, fields))
    for accessor, model in rows_of(type(page)):
        label = model._meta.verbose_name
        own = [field for field in model._meta.get_fields() if isinstance(field, models.Field)]
        for number, row in enumerate(getattr(page, accessor).all()):
            links += _links(row, own)
            pictures += _pictures(row, own)
            if accessor not in QUOTING:
                texts += _texts(row, own, accessor=accessor, number=number, heading=label)
    return Content(
        texts=tuple(texts),
        links=tuple(links),
        pictures_without_words=tuple(pictures),
        missing=missing_elements(page),
        # What names no source is its office's, or that of whoever runs the site.
        lacks_source=hasattr(page, "source") and not source_of(page),
        lacks_translation=not translated,
        verified_on=getattr(page, "verified_on", None),
        review_months=getattr(page, "review_months", 0),
        column=column,
    )


def rows_of(model: type[Page]) -> list[tuple[str, type[models.Model]]]:
    """Return accessor and model of each kind of row that editors add to pages of a type, comments left out."""
    return [
        (relation.get_accessor_name(), relation.related_model)
        for relation in get_all_child_relations(model)
        if relation.related_model._meta.app_label != "wagtailcore"
    ]


def _texts(
    thing: models.Model, fields: list[Any], *, accessor: str = "", number: int | None = None, heading: Any = ""
) -> Iterator[Text]:
    for field in fields:
        if not _is_read(thing, field) or not (value := field.value_from_object(thing)):
            continue
        words = _streamed(field, value) if isinstance(field, StreamField) else plain(str(value))
        label = field.verbose_name
        if number is not None:
            label = _("%(heading)s %(number)d：%(field)s") % {
                "heading": heading, "number": number + 1, "field": field.verbose_name,
            }  # fmt: skip
        place = f"{accessor}.{field.name}" if accessor else field.name
        yield Text(accessor or field.name, label, words, number, field.name if accessor else "", place in DEMANDS)


def _is_read(thing: models.Model, field: Any) -> bool:
    if isinstance(thing, Page) and field.model is Page and field.name not in OF_EVERY_PAGE:
        return False
    if isinstance(field, StreamField):
        return True
    return isinstance(field, WORDS) and not isinstance(field, NO_WORDS) and not field.choices and bool(field.editable)


def _streamed(field: StreamField, value: Any) -> str:
    return plain("\n".join(str(text) for text in field.get_searchable_content(value)))


def _links(thing: models.Model, fields: list[Any]) -> Iterator[Link]:
    for field in fields:
        if isinstance(field, RichTextField):
            for is_document, target, words in Marks.of(field.value_from_object(thing)).links:
                yield Link(field.verbose_name, target, words, is_document)
        elif isinstance(field, StreamField):
            for model, target, *_path in field.extract_references(field.value_from_object(thing)):
                if issubclass(model, (Page, get_document_model())):
                    yield Link(field.verbose_name, int(target), is_document=not issubclass(model, Page))
        elif _leads_to(field, get_document_model()) and (target := field.value_from_object(thing)) is not None:
            yield Link(field.verbose_name, target, str(field.verbose_name), is_document=True)


def _pictures(thing: models.Model, fields: list[Any]) -> Iterator[Any]:
    for field in fields:
        if isinstance(field, RichTextField):
            yield from [field.verbose_name] * Marks.of(field.value_from_object(thing)).pictures_without_words
        elif _leads_to(field, get_image_model()):
            picture = getattr(thing, field.name)
            if picture is not None and not picture.description.strip():
                yield field.verbose_name


def _leads_to(field: Any, model: type[models.Model]) -> bool:
    return isinstance(field, models.ForeignKey) and issubclass(field.related_model, model)
