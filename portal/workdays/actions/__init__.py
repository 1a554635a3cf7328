"""Changing the calendar: proposed by one person, confirmed by another."""
