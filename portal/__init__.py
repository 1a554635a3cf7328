"""Yishi 议事."""
