"""Forms of people and offices."""
