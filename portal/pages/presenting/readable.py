"""Which of some pages everybody may read: a page may name no other one that only some may see."""

from collections.abc import Iterable

from wagtail.models import Page

from portal.pages.listing import open_to_all


def readable(pages: Iterable[Page]) -> set[int]:
    """Return the ids of those that are live and behind no restriction; one query, none for no pages."""
    ids = [page.pk for page in pages]
    if not ids:
        return set()
    return set(Page.objects.live().filter(open_to_all(), pk__in=ids).values_list("pk", flat=True))
