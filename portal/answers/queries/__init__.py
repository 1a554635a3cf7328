"""Reads of the desk, apart from its writes."""
