"""Remind the editors of pages that have to be verified again: once per date."""

from django.db import transaction

from portal.journal.publishing import publish
from portal.kernel.actors import system
from portal.kernel.clock import Clock
from portal.kernel.workdays import local_date
from portal.pages.events import ReviewDue
from portal.pages.models import ReviewReminder
from portal.pages.queries.reviews import Review, reviews_to_remind_of

PAGE = "portal.pages.page"
WATCH = system("clock")


def remind_of_reviews(clock: Clock) -> int:
    """Publish that a page is to be verified, for each that has not been told of; return how many."""
    due = list(reviews_to_remind_of(local_date(clock.now())))
    told = set(ReviewReminder.objects.filter(page__in=[one.page_id for one in due]).values_list("page_id", "due"))
    return sum(_remind(one, clock) for one in due if (one.page_id, one.due) not in told)


def _remind(review: Review, clock: Clock) -> int:
    with transaction.atomic():
        now = clock.now()
        _reminder, is_new = ReviewReminder.objects.get_or_create(
            page_id=review.page_id, due=review.due, defaults={"sent_at": now}
        )
        if is_new:
            event = ReviewDue(page=review.page_id, due=review.due)
            publish(event, about=f"{PAGE}:{review.page_id}", by=WATCH, at=now)
    return int(is_new)
