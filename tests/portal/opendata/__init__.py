"""Tests of portal.opendata."""
