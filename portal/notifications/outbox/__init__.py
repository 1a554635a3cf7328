"""The demo's outbox: what would have left the house, kept in a folder and readable in the browser."""
