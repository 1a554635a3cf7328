"""Pure rules of the calendar: notices, promises and the reasons for a date."""
