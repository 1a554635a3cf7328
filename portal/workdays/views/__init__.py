"""The calendar in the Wagtail admin."""
