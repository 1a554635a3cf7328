"""The top storey: settings, URLs, servers' entry points. Nothing imports it."""
