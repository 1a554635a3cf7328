"""A made-up week in a made-up city: who is there, what they do, and what the verdicts must be."""
