"""Writes that no editor's button makes: what time brings."""
