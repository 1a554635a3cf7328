"""Pages: the inbox, the demo's outbox, and for administrators what did not arrive."""
