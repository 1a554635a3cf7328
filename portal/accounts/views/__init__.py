"""Pages about people and offices."""
