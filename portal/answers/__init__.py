"""The question desk: a resident asks; an office accepts within 24 hours and replies within 7 working days."""
