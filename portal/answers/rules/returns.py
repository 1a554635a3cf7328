"""How long an office may say that it is not the right one."""

from datetime import datetime

from portal.kernel.workdays import WorkCalendar, working_days_due

RETURN_WORKING_DAYS = 1


def may_still_return(received_at: datetime, now: datetime, calendar: WorkCalendar) -> bool:
    """Tell whether a return may still be requested: within one working day of receipt.

    Our number, a proposal. The provincial rules of Shandong allow two working days, with a reason.
    """
    return now < working_days_due(received_at, calendar, days=RETURN_WORKING_DAYS).instant
