"""The deadlines that follow from the two promises (which are `portal.workdays.rules.promises`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.kernel.workdays import ONE_DAY, Due, WorkCalendar, local_date, start_of, working_days_due
from portal.workdays.rules.promises import ACCEPT_WITHIN, REPLY_WORKING_DAYS, hours_after

# Our numbers, proposals each: no published rule of a city that we have seen names one that binds.
RATING_WORKING_DAYS = 10
REOPENING_WORKING_DAYS = 15
REOPENED_WORKING_DAYS = 5
LAPSE_WORKING_DAYS = 10
EXTENSION_WORKING_DAYS = 7
HELPERS_AHEAD_WORKING_DAYS = 2
# A promise is near when a leader can still do something about it today: in this time, or this many working days.
ACCEPT_IS_NEAR = timedelta(hours=4)
REPLY_IS_NEAR_WORKING_DAYS = 1


@dataclass(frozen=True)
class Pause:
    """The reply clock stood still from `began_at` until `ended_at` (exclusive)."""

    began_at: datetime
    ended_at: datetime


def reply_deadline(
    submitted_at: datetime, calendar: WorkCalendar, *, extension: int = 0, pauses: Sequence[Pause] = ()
) -> Due:
    """Return by when the reply must come: seven counted working days and those of an extension.

    A working day counts iff the clock is running at its 24:00. No part-days: a pause that begins and
    ends on one day costs nothing, two pauses cannot overlap, and a festival in a pause was never counted.
    Raises CalendarGap.
    """
    wanted = REPLY_WORKING_DAYS + extension
    if not pauses:
        return working_days_due(submitted_at, calendar, days=wanted)
    day = local_date(submitted_at)
    while wanted:
        day = calendar.working_day_after(day, 1)
        midnight = start_of(day + ONE_DAY)
        wanted -= not any(pause.began_at <= midnight < pause.ended_at for pause in pauses)
    return Due(start_of(day + ONE_DAY), calendar.is_provisional(day))


def working_days_taken(submitted_at: datetime, answered_at: datetime, calendar: WorkCalendar) -> int:
    """Return how many working days an answer took, counted as the promise counts: 0 on the day of asking."""
    return max(0, calendar.working_days_between(local_date(submitted_at), local_date(answered_at)))


def may_pause(now: datetime, reply_due: datetime, calendar: WorkCalendar) -> bool:
    """Tell whether the office may still wait for the asker: not in the last working day, nor after it."""
    return local_date(now) < _last_working_day(reply_due, calendar)


def lapses_at(asked_at: datetime, calendar: WorkCalendar) -> datetime:
    """Return the exclusive end of the time in which the asker may answer the office's question."""
    return working_days_due(asked_at, calendar, days=LAPSE_WORKING_DAYS).instant


def helpers_due(now: datetime, reply_due: datetime, calendar: WorkCalendar) -> datetime:
    """Return by when a helping office must contribute: two working days before the lead's own limit.

    Where that has passed already, the end of today, but never after the lead's limit.
    """
    last = calendar.working_day_after(_last_working_day(reply_due, calendar), -HELPERS_AHEAD_WORKING_DAYS)
    return min(max(start_of(last + ONE_DAY), start_of(local_date(now) + ONE_DAY)), reply_due)


def reopened_deadline(reopened_at: datetime, calendar: WorkCalendar) -> Due:
    """Return by when a reopened question must be answered."""
    return working_days_due(reopened_at, calendar, days=REOPENED_WORKING_DAYS)


def reopening_ends(answered_at: datetime, calendar: WorkCalendar) -> datetime:
    """Return the exclusive end of the time in which the asker may have an answer reopened."""
    return working_days_due(answered_at, calendar, days=REOPENING_WORKING_DAYS).instant


def _last_working_day(due: datetime, calendar: WorkCalendar) -> date:
    """Return the last day that is in time; a date that was kept by the promise floor may be a day off."""
    day = local_date(due) - ONE_DAY
    return day if calendar.is_working_day(day) else calendar.working_day_after(day, -1)


def leg_accept_due(received_at: datetime, reply_due: datetime) -> datetime:
    """Return by when an office must accept what was passed to it at `received_at`.

    24 hours, but not after the question's own reply due while that is still ahead: a transfer
    moves none of the asker's dates.
    """
    due = hours_after(received_at, ACCEPT_WITHIN)
    return reply_due if received_at < reply_due < due else due


def rating_ends(answered_at: datetime, calendar: WorkCalendar) -> datetime:
    """Return the exclusive end of the time in which the asker may rate an answer."""
    return working_days_due(answered_at, calendar, days=RATING_WORKING_DAYS).instant
