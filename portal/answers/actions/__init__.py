"""The desk's writes. Each is one transaction: lock, read the clock once, decide, save, publish."""
