"""Reads of the editors' pages that are no page's own."""
