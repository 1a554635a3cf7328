"""What a change of the calendar does to a date that was promised: later perhaps, earlier never."""

from datetime import datetime

from portal.kernel.workdays import Due


def recounted(promised: datetime, was_provisional: bool, counted: Due, now: datetime) -> Due | None:
    """Return the date that holds from now on; None where nothing changes.

    promised: the date that asker and office were told; counted: what the new calendar gives.
    A clock that has run out is closed, whatever the calendar says later; on a provisional date
    nothing has run out. Source: the promise floor, docs/explanation/answer-deadlines.md.
    """
    if promised <= now and not was_provisional:
        return None
    due = Due(max(promised, counted.instant), counted.provisional)
    return None if (due.instant, due.provisional) == (promised, was_provisional) else due
