"""When the clocks of what was told to staff start: when the person spoke, not when somebody typed it.

Who types late could choose the hour; so a stated time that lies well before the typing is looked
at by a second person, and until then it counts as stated. See docs/decisions/0010-the-clock-starts-when-the-person-speaks.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.answers.rules.deadlines import Pause, reply_deadline
from portal.answers.rules.verdicts import ClockKind
from portal.kernel.workdays import Due, WorkCalendar, working_days_due
from portal.workdays.rules.promises import ACCEPT_WITHIN, REPLY_WORKING_DAYS, hours_after

# Our numbers, proposals. What is typed during a call or a visit is typed within half an hour of its
# beginning; what is half a year old is a slip of the year more often than a letter that lay so long.
TYPED_WITHIN = timedelta(minutes=30)
OLDEST = timedelta(days=180)


def is_too_old(received_at: datetime, recorded_at: datetime) -> bool:
    """Tell whether a stated time of receipt lies so far back that it must be a slip."""
    return recorded_at - received_at > OLDEST


def needs_check(received_at: datetime, recorded_at: datetime) -> bool:
    """Tell whether a second person must look at the stated time of receipt."""
    return recorded_at - received_at > TYPED_WITHIN


@dataclass(frozen=True)
class Running:
    """What the asker's clocks that have no verdict yet are counted from. plain: it has split off from the reply."""

    kinds: frozenset[ClockKind]
    extension: int = 0
    pauses: tuple[Pause, ...] = ()


def counted_from(received_at: datetime, running: Running, calendar: WorkCalendar) -> dict[ClockKind, Due]:
    """Return the ends of the running clocks for a corrected time of receipt; what has its verdict is not among them.

    Raises CalendarGap.
    """
    ends = {
        ClockKind.ACCEPT: Due(hours_after(received_at, ACCEPT_WITHIN), provisional=False),
        ClockKind.REPLY: reply_deadline(received_at, calendar, extension=running.extension, pauses=running.pauses),
        ClockKind.PLAIN: working_days_due(received_at, calendar, days=REPLY_WORKING_DAYS),
    }
    return {kind: due for kind, due in ends.items() if kind in running.kinds}


def latest_possible(recorded_at: datetime, judged: Iterable[datetime]) -> datetime:
    """Return the latest instant to which a time of receipt may be corrected: the typing, and before every missed limit.

    judged: the due instants of the asker's clocks that have been called late. A verdict never
    changes, and nothing can be missed before it was asked.
    """
    return min([recorded_at, *(due - timedelta(microseconds=1) for due in judged)])
