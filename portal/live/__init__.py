"""What changed, told to open pages at once: topics, server-sent events, catch-up by position."""
