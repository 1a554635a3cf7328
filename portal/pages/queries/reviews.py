"""Which pages have to be verified, by when, and by whom."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from portal.accounts.models import Appointment, Role, User
from portal.pages.models import GuidePage
from portal.pages.rules.reviews import needs_reminder, review_due


@dataclass(frozen=True)
class Review:
    """A page's next review."""

    page_id: int
    due: date


def verified_pages() -> QuerySet[GuidePage]:
    """Return the guides that readers rely on, in the language they were written in: translations follow them."""
    guides: QuerySet[GuidePage] = GuidePage.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE)
    return guides


def reviews_to_remind_of(today: date) -> Iterator[Review]:
    """Yield the pages whose editors should hear of the review by now. One query."""
    for pk, verified_on, months in verified_pages().values_list("pk", "verified_on", "review_months"):
        if needs_reminder(verified_on, today, months):
            yield Review(pk, review_due(verified_on, months))


def still_due(page_ids: Collection[str], today: date) -> set[str]:
    """Return those of some pages that nobody has verified meanwhile."""
    rows = verified_pages().filter(pk__in=page_ids).values_list("pk", "verified_on", "review_months")
    return {str(pk) for pk, verified_on, months in rows if needs_reminder(verified_on, today, months)}


def editors_of(guide: Any) -> list[User]:
    """Return who is to verify a guide: the person named on it, or else the editors of its office and those above."""
    if guide.responsible and guide.responsible.is_active:
        return [guide.responsible]
    office = guide.office
    above = [office.path[:end] for end in range(office.steplen, len(office.path) + 1, office.steplen)]
    held = Appointment.objects.filter(role=Role.EDITOR, office__path__in=above, ended_at=None)
    acting = Q(pk__in=held.filter(stand_in=None).values("user")) | Q(pk__in=held.values("stand_in"))
    return list(User.objects.filter(acting, is_active=True).order_by("pk"))
