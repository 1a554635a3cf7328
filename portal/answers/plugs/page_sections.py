"""What the desk says on pages about an office or a topic: the latest answers, and where to ask and to look further."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from portal.accounts.models import Office
from portal.answers.models import Topic
from portal.answers.presenting import cards
from portal.answers.queries.public import PublicFilter, listed, listed_of
from portal.kernel import clock as clocks
from portal.ui import page_sections

SHOWN = 3


def about_office(request: HttpRequest, office: Office) -> dict[str, Any] | None:
    """Return the office's latest answers; nothing about an office that answers no questions."""
    if not office.takes_questions or office.is_centre:
        return None
    rows = list(listed(PublicFilter(office=office.pk)).prefetch_related(None).prefetch_related("topic")[:SHOWN])
    for row in rows:
        row.office = office  # it is at hand
    return {
        "cards": cards(rows, clocks.installed().now()),
        "ask": f"{reverse('answers:ask')}?office={office.code}",
        "more": f"{reverse('answers:list')}?office={office.code}",
        "figures": f"{reverse('answers:performance')}?office={office.code}",
    }


def about_topic(request: HttpRequest, slugs: Sequence[str]) -> dict[str, Any] | None:
    """Return the latest answers under any of these topics; nothing where the desk knows none of them."""
    topics = list(Topic.objects.filter(slug__in=slugs))
    if not topics:
        return None
    rows = list(listed_of(topics).prefetch_related(None).prefetch_related("office")[:SHOWN])
    by_key = {topic.pk: topic for topic in topics}
    for row in rows:
        row.topic = by_key[row.topic_id]  # they are at hand
    return {
        "cards": cards(rows, clocks.installed().now()),
        "lists": [(topic.local_name, f"{reverse('answers:list')}?topic={topic.slug}") for topic in topics],
    }


page_sections.register(
    page_sections.OFFICE, "answers.office", "portal/answers/public/office_section.html", about_office, order=10
)
page_sections.register(
    page_sections.TOPIC, "answers.topic", "portal/answers/public/topic_section.html", about_topic, order=10
)
