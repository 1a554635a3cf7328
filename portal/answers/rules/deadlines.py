"""The deadlines that follow from the two promises (which are `portal.workdays.rules.promises`)."""

from datetime import datetime

from portal.kernel.workdays import WorkCalendar, working_days_due
from portal.workdays.rules.promises import ACCEPT_WITHIN, hours_after

RATING_WORKING_DAYS = 10


def leg_accept_due(received_at: datetime, reply_due: datetime) -> datetime:
    """Return by when an office must accept what was passed to it at `received_at`.

    24 hours, but not after the question's own reply due while that is still ahead: a transfer
    moves none of the asker's dates.
    """
    due = hours_after(received_at, ACCEPT_WITHIN)
    return reply_due if received_at < reply_due < due else due


def rating_ends(answered_at: datetime, calendar: WorkCalendar) -> datetime:
    """Return the exclusive end of the time in which the asker may rate an answer.

    Our number, a proposal: the research on city practice names none.
    """
    return working_days_due(answered_at, calendar, days=RATING_WORKING_DAYS).instant
