"""What the clock process does for the calendar."""

from portal.journal.ticks import tick
from portal.workdays.actions.alarming import raise_alarm

tick("workdays.alarm")(raise_alarm)
