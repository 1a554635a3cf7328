"""Blocks of the editors' pages."""
