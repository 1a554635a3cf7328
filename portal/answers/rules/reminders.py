"""When staff are reminded that a promise is running out, or has run out.

Acceptance: 12, 20 and 23 hours after submission, at any hour, for the 24 hours run at any hour.
Reply, and a reopened question's own clock: three working days before the last day, one before, and on
the last day, at 09:00; after a breach at once, two working days later (the leaders' list) and five (the
bulletin). All that, and that an acceptance was missed, in office hours only.
The steps and the hours are our numbers, proposals. Some cities tell the superior on the first day late
and name the office in public after five more working days.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from portal.answers.rules.verdicts import ClockKind
from portal.kernel.clock import SHANGHAI
from portal.kernel.workdays import ONE_DAY, WorkCalendar, local_date, start_of

ACCEPT_LEFT = (timedelta(hours=12), timedelta(hours=4), timedelta(hours=1))
REPLY_DAYS_LEFT = (3, 1, 0)
REPLY_DAYS_LATE = (2, 5)
# How the rungs of each clock begin: a leg can meet both, the second after a reopening.
BEFORE = {ClockKind.REPLY: "reply", ClockKind.REOPEN: "again"}
AFTER = {ClockKind.REPLY: "late", ClockKind.REOPEN: "again-late"}
OFFICE_OPENS = time(9, 0)
REMINDED_FROM, REMINDED_UNTIL = time(8, 30), time(20, 0)


@dataclass(frozen=True)
class Rung:
    """One reminder of the ladder. name: "accept-12h", "reply-T3" …; at: when it is sent; due: the end it is about."""

    kind: ClockKind
    name: str
    at: datetime
    due: datetime


def accept_ladder(accept_due: datetime) -> tuple[Rung, ...]:
    """Return the reminders of an acceptance clock, earliest first."""
    return tuple(
        Rung(ClockKind.ACCEPT, f"accept-{24 - int(left.total_seconds() // 3600)}h", accept_due - left, accept_due)
        for left in ACCEPT_LEFT
    )


def accept_missed(accept_due: datetime) -> tuple[Rung, ...]:
    """Return what follows on a missed acceptance."""
    return (Rung(ClockKind.ACCEPT, "accept-late", accept_due, accept_due),)


def reply_ladder(due: datetime, calendar: WorkCalendar, kind: ClockKind = ClockKind.REPLY) -> tuple[Rung, ...]:
    """Return the reminders of a reply clock, or of a reopened question's, earliest first. due is exclusive."""
    last_day = local_date(due) - ONE_DAY
    if not calendar.is_working_day(last_day):  # a date that was kept when the calendar changed
        last_day = calendar.working_day_after(last_day, -1)
    return tuple(
        Rung(kind, f"{BEFORE[kind]}-T{days}", _opening(_days_before(last_day, days, calendar)), due)
        for days in REPLY_DAYS_LEFT
    )


def late_ladder(due: datetime, calendar: WorkCalendar, kind: ClockKind = ClockKind.REPLY) -> tuple[Rung, ...]:
    """Return what follows on a missed date, earliest first: a word at once, the superior's list, the bulletin."""
    last_day = local_date(due) - ONE_DAY
    later = (
        Rung(kind, f"{AFTER[kind]}-{days}", _opening(calendar.working_day_after(last_day, days)), due)
        for days in REPLY_DAYS_LATE
    )
    return (Rung(kind, f"{AFTER[kind]}-0", due, due), *later)


def late_by(now: datetime, days: int, calendar: WorkCalendar) -> datetime:
    """Return the latest due instant that has been missed by `days` working days at `now`.

    The same count as "late by N working days" on a badge: on a day off, the last working day before it is the N-th.
    """
    today = local_date(now)
    back = days if calendar.is_working_day(today) else days + 1
    return start_of(calendar.working_day_after(today, -back) + ONE_DAY)


def is_office_time(now: datetime, calendar: WorkCalendar) -> bool:
    """Tell whether people may be reminded of something that can wait until morning: a working day, 08:30 to 20:00."""
    return calendar.is_working_day(local_date(now)) and (
        REMINDED_FROM <= now.astimezone(SHANGHAI).time() < REMINDED_UNTIL
    )


def next_rung(ladder: tuple[Rung, ...], reached: frozenset[str], now: datetime) -> Rung | None:
    """Return the one reminder to send at `now`: the latest that is due, unless it went out.

    After an outage the missed rungs before it are not sent any more: one reminder, not three.
    """
    due = [rung for rung in ladder if rung.at <= now]
    if not due or due[-1].name in reached:
        return None
    return due[-1]


def _days_before(last_day: date, days: int, calendar: WorkCalendar) -> date:
    return calendar.working_day_after(last_day, -days) if days else last_day


def _opening(day: date) -> datetime:
    return datetime.combine(day, OFFICE_OPENS, SHANGHAI)
