"""The rules of periods and validity once more, as conditions of a query: lists and pages cannot disagree.

Tests prove that each says what its rule says.
"""

from datetime import date, datetime

from django.db.models import Q

from portal.kernel.workdays import local_date
from portal.pages.rules.periods import Phase
from portal.pages.rules.validity import Validity


def phase_is(phase: Phase, now: datetime) -> Q:
    """Return the condition that a notice has a period that stands there at `now`; twin of `rules.periods.phase`."""
    has_period, has_begun = Q(ends_at__isnull=False), Q(starts_on__lte=local_date(now))
    is_open = Q(ends_at__gt=now) | Q(ends_expected=True)
    if phase is Phase.AHEAD:
        return has_period & ~has_begun
    return has_period & has_begun & (is_open if phase is Phase.RUNNING else ~is_open)


def validity_is(validity: Validity, on: date) -> Q:
    """Return the condition that a policy is so on the day `on`; twin of `rules.validity.validity`."""
    is_over = Q(repealed_on__isnull=False, repealed_on__lte=on) | Q(expires_on__isnull=False, expires_on__lt=on)
    if validity is Validity.OVER:
        return is_over
    return ~is_over & (Q(in_force_on__lte=on) if validity is Validity.IN_FORCE else Q(in_force_on__gt=on))
