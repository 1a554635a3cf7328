"""What a published answer's page shows besides its texts.

The page is served by Wagtail, also for its preview: so this cannot be prepared in a view of ours.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString

from portal.answers import presenting
from portal.answers.labels import MARK, WITHDRAWAL_REASONS
from portal.answers.models import AnswerPage, Listing, Verdict
from portal.answers.shortcuts import GROUPS
from portal.kernel.workdays import ONE_DAY

register = template.Library()


@register.simple_tag(takes_context=True)
def qa_page(context: Context, page: AnswerPage, listing: Listing) -> SafeString:
    """Return the page's schema.org data for a script element."""
    address = context["request"].build_absolute_uri()
    return presenting.qa_page(page.title, page.question_text, page.answer_text, listing, address)


@register.filter
def mark_label(kind: str) -> Any:
    """Return what a marked span looks like, in words."""
    return MARK[kind]


@register.simple_tag
def desk_shortcuts() -> Any:
    """Return the desk's keys by page, in words."""
    return GROUPS


@register.simple_tag
def how_long(listing: Listing, verdicts: Iterable[Verdict]) -> list[presenting.ClockFact]:
    """Return how both clocks ended."""
    return presenting.clock_facts(listing, verdicts)


@register.simple_tag
def crumbs(text: Any, href: str) -> list[tuple[Any, str]]:
    """Return one step of the breadcrumbs."""
    return [(text, href)]


@register.simple_tag
def withdrawal_reason(code: str) -> Any:
    """Return why a published answer was taken back, in words."""
    return WITHDRAWAL_REASONS.get(code, "")


@register.simple_tag
def events_address(page: AnswerPage) -> str:
    """Return the address of a published answer's events."""
    return reverse("answers:events_json", args=page.url_path.rstrip("/").split("/")[-3:])


@register.filter
def of(labels: Mapping[str, Any], key: str) -> Any:
    """Return what stands under `key`."""
    return labels[key]


@register.filter
def last_day(end: datetime) -> datetime:
    """Return an instant of the last day before an exclusive end, which is what people read."""
    return end - ONE_DAY


@register.filter
def day_before(day: date) -> date:
    """Return the last day of a period that ends before `day`."""
    return day - ONE_DAY
