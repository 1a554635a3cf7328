"""What the public may read, from the flat table."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from portal.answers.models import Listing, Topic


@dataclass(frozen=True)
class PublicFilter:
    """The public list's filters; None leaves one out. office, topic: their ids; month: its first day."""

    answered: bool = True
    office: UUID | None = None
    topic: int | None = None
    month: date | None = None


def listed(chosen: PublicFilter) -> QuerySet[Listing]:
    """Return the public list, newest first, without further queries per row."""
    found = Listing.objects.filter(is_answered__in=[chosen.answered])  # "IN (1)" uses the index, a bare flag does not
    if chosen.office:
        found = found.filter(office=chosen.office)
    if chosen.topic:
        found = found.filter(topic=chosen.topic)
    if chosen.month:
        found = found.filter(month=chosen.month)
    return _newest_first(found)


def listed_of(topics: Collection[Topic]) -> QuerySet[Listing]:
    """Return the published answers under any of these topics, newest first."""
    return _newest_first(Listing.objects.filter(is_answered__in=[True], topic__in=topics))


def _newest_first(found: QuerySet[Listing]) -> QuerySet[Listing]:
    # Not joined: with a handful of offices SQLite would begin with those and sort everything.
    return found.prefetch_related("office", "topic").order_by("-sorted_at", "question_id")


def answered_months() -> list[date]:
    """Return the months with published answers and those between them, newest first. Two index look-ups."""
    months = Listing.objects.filter(is_answered__in=[True], month__isnull=False).values_list("month", flat=True)
    month, last = months.order_by("month").first(), months.order_by("-month").first()
    found: list[date] = []
    while month and last and month <= last:
        found.insert(0, month)
        month = (month + timedelta(days=31)).replace(day=1)
    return found
