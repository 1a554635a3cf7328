"""When a guide is due for another look: a rule that nobody has looked at for a year may be wrong."""

from calendar import monthrange
from datetime import date, timedelta

# Our numbers, proposals each: a guide is looked at again once a year unless it says otherwise.
REVIEW_MONTHS = 12
REMINDED_AHEAD = timedelta(days=14)


def review_due(verified_on: date, months: int = REVIEW_MONTHS) -> date:
    """Return the day by which a guide must be verified again; the 31st becomes a shorter month's last day."""
    count = verified_on.month - 1 + months
    year, month = verified_on.year + count // 12, count % 12 + 1
    return date(year, month, min(verified_on.day, monthrange(year, month)[1]))


def needs_reminder(verified_on: date, today: date, months: int = REVIEW_MONTHS) -> bool:
    """Tell whether its owner should hear of the review by now."""
    return today >= review_due(verified_on, months) - REMINDED_AHEAD
