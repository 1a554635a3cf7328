"""Writes that are more than saving a page: what time brings, and who runs the site."""
