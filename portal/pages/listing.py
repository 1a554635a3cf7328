"""What every list of pages keeps to: live, open to all, in the language of the reader."""

from typing import TypeVar

from django.db.models import Q
from django.utils.translation import get_language
from wagtail.models import Page, PageQuerySet

Model = TypeVar("Model", bound=Page)


def open_to_all() -> Q:
    """Return the condition that everybody may read a page.

    One query for as many lists as a view shows; `PageQuerySet.public` asks anew each time.
    """
    return ~Page.objects.all().private_q()


def listed(model: type[Model], is_open: Q | None = None) -> PageQuerySet:
    """Return the pages of a type that a list in the present language may name. is_open: see `open_to_all`."""
    return model.objects.live().filter(
        open_to_all() if is_open is None else is_open, locale__language_code=get_language()
    )
