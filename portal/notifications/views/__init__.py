"""Pages: the inbox, what people choose and stop, the demo's outbox, what did not arrive; and the gateway's reports."""
