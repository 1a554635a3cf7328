"""What the worker does for the desk besides handlers."""

from portal.answers.actions.recounting import recompute_some
from portal.journal.jobs import job
from portal.kernel import clock as clocks


@job("answers.recompute")
def recompute() -> int:
    """Count the next batch of open clocks by the new calendar."""
    return recompute_some(clocks.installed())
