"""Which pages are about a topic: those of every page type that has a field `topic` or `topics`.

A new type of page that can be given topics stands on their pages without being named here.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import get_page_models

from portal.pages.listing import listed
from portal.pages.models.base import BasePage
from portal.pages.models.topics import Topic

SHOWN = 6


@dataclass(frozen=True)
class Section:
    """Pages of one type about a topic. more: the address of all of them, where there are more than are shown."""

    heading: str
    pages: list[tuple[str, str, str]]
    more: str


@lru_cache(maxsize=1)
def topical_types() -> tuple[tuple[type[BasePage], str], ...]:
    """Return the page types that can be given topics with the name of the field, guides first."""
    found = [
        (model, name)
        for model in get_page_models()
        if issubclass(model, BasePage)
        for name in ("topic", "topics")
        if any(field.name == name and field.related_model is Topic for field in model._meta.get_fields())
    ]
    return tuple(sorted(found, key=lambda pair: (pair[0].topic_order, pair[0].__name__)))


def topic_sections(topic: Topic, request: HttpRequest) -> list[Section]:
    """Return what there is about a topic, a query per type of page."""
    sections = []
    for model, name in topical_types():
        pages = list(_in_order(listed(model).filter(**{name: topic}), model)[: SHOWN + 1])
        if pages:
            shown = [(page.title, page.get_url(request), page.in_brief) for page in pages[:SHOWN]]
            more = f"{reverse(model.topic_list)}?topic={topic.slug}" if model.topic_list and pages[SHOWN:] else ""
            sections.append(Section(str(model._meta.verbose_name), shown, more))
    return sections


@dataclass(frozen=True)
class Counted:
    """A topic in the list. counts: how many pages of which type, in words."""

    slug: str
    name: str
    icon: str
    counts: str


def counted_topics() -> list[Counted]:
    """Return the topics that have pages; a query per type of page."""
    counts: dict[int, list[str]] = {}
    for model, name in topical_types():
        rows = listed(model).filter(~Q(**{name: None})).order_by().values(name).annotate(n=Count("pk"))
        for row in rows:
            counts.setdefault(row[name], []).append(f"{model._meta.verbose_name} {row['n']}")
    return [
        Counted(topic.slug, str(topic), topic.icon, " · ".join(counts[topic.pk]))
        for topic in Topic.objects.all()
        if topic.pk in counts
    ]


def _in_order(pages: QuerySet[Any], model: type[BasePage]) -> QuerySet[Any]:
    return pages.order_by(*model.topic_sorting)
