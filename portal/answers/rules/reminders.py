"""When staff are reminded that a promise is running out.

Acceptance: 12, 20 and 23 hours after submission, at any hour, for the 24 hours run at any hour.
Reply: three working days before the last day, one before, and on the last day, at 09:00.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from portal.answers.rules.verdicts import ClockKind
from portal.kernel.clock import SHANGHAI
from portal.kernel.workdays import ONE_DAY, WorkCalendar, local_date

ACCEPT_LEFT = (timedelta(hours=12), timedelta(hours=4), timedelta(hours=1))
REPLY_DAYS_LEFT = (3, 1, 0)
OFFICE_OPENS = time(9, 0)


@dataclass(frozen=True)
class Rung:
    """One reminder of the ladder. name: "accept-12h", "reply-T3" …; at: the instant it is due."""

    kind: ClockKind
    name: str
    at: datetime


def accept_ladder(accept_due: datetime) -> tuple[Rung, ...]:
    """Return the reminders of an acceptance clock, earliest first."""
    return tuple(
        Rung(ClockKind.ACCEPT, f"accept-{24 - int(left.total_seconds() // 3600)}h", accept_due - left)
        for left in ACCEPT_LEFT
    )


def reply_ladder(reply_due: datetime, calendar: WorkCalendar) -> tuple[Rung, ...]:
    """Return the reminders of a reply clock, earliest first. reply_due is exclusive."""
    last_day = local_date(reply_due) - ONE_DAY
    return tuple(
        Rung(ClockKind.REPLY, f"reply-T{days}", _opening(_days_before(last_day, days, calendar)))
        for days in REPLY_DAYS_LEFT
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
