"""The two promises made for every question, and when they fall due.

Source: Ningbo's online spokespersons accept within 24 hours and reply within 7 working days
(press, 2011). Whether the seven days run from submission or from acceptance the press does
not say; we take submission, the stricter for the office.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.kernel.clock import SHANGHAI
from portal.kernel.workdays import WorkCalendar, local_date, working_days_due

ACCEPT_WITHIN = timedelta(hours=24)
REPLY_WORKING_DAYS = 7


@dataclass(frozen=True)
class Promise:
    """Both exclusive due instants, Asia/Shanghai: in time iff ``t < due``."""

    accept_due: datetime
    reply_due: datetime
    provisional: bool
    counted_days: tuple[date, ...]


def promise(submitted_at: datetime, calendar: WorkCalendar) -> Promise:
    """Return what is promised for a question submitted at this instant.

    Raises CalendarGap if the calendar does not cover the period, ValueError for a naive instant.
    """
    reply = working_days_due(submitted_at, calendar, days=REPLY_WORKING_DAYS)
    return Promise(
        accept_due=hours_after(submitted_at, ACCEPT_WITHIN),
        reply_due=reply.instant,
        provisional=reply.provisional,
        counted_days=calendar.working_days_after(local_date(submitted_at), REPLY_WORKING_DAYS),
    )


def hours_after(moment: datetime, hours: timedelta) -> datetime:
    """Return the instant `hours` of elapsed time later, in Asia/Shanghai.

    Convert first: adding to a datetime in a zone with daylight saving moves its wall clock,
    and a 24-hour span over the change would last 23 or 25 hours.
    """
    return moment.astimezone(SHANGHAI) + hours
