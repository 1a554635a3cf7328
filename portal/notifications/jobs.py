"""What the worker does for this app besides handlers."""

from portal.journal.jobs import job
from portal.notifications.delivery import deliver
from portal.notifications.releasing import release


@job("notifications.deliver")
def send() -> int:
    """Let go what has waited for its hour, then hand over what is due."""
    return release() + deliver()
