"""Reads of the calendar: the one that counts, why it gives a date, and how it came to be."""

from portal.workdays.queries.calendars import calendar, calendar_of, why

__all__ = ["calendar", "calendar_of", "why"]
