"""The warning that the background is late, for every page of the staff's desk."""

from typing import Any

from django import template

from portal.journal.health import TOO_LONG, lag

register = template.Library()


@register.inclusion_tag("portal/journal/lag_banner.html")
def journal_lag() -> dict[str, Any]:
    """Measure, and tell what is late by more than two minutes; minutes are None for what was never seen."""
    found = lag()
    limit = int(TOO_LONG.total_seconds())

    def late(seconds: int | None) -> bool:
        return seconds is None or seconds > limit

    return {
        "is_late": found.is_late,
        "worker": late(found.worker),
        "worker_minutes": found.worker // 60 if found.worker else None,
        "clock": late(found.clock),
        "clock_minutes": found.clock // 60 if found.clock else None,
        "outbox": late(found.outbox) and not late(found.worker),
        "outbox_minutes": found.outbox // 60,
    }
