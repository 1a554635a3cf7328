"""Real time, for leases, back-off and heartbeats only.

These measure the machine, not the promise: they must go on even while a demo's clock is moved.
Domain code never imports this; it gets `now` from the installed clock.
"""

import time
from datetime import UTC, datetime


def real_now() -> datetime:
    """Return the machine's time, aware, UTC."""
    return datetime.fromtimestamp(time.time(), UTC)
