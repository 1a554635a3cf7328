"""Jobs of the worker that are not handlers: each call does a bounded piece of waiting work."""

import logging
from collections.abc import Callable

logger = logging.getLogger(__name__)

Job = Callable[[], int]

_jobs: dict[str, Job] = {}


def job(name: str) -> Callable[[Job], Job]:
    """Register a job (such as handing queued notices to the mail server) under a stable name.

    It returns how many pieces it worked off; 0 lets the worker sleep.
    """

    def register(function: Job) -> Job:
        _jobs[name] = function
        return function

    return register


def run_jobs() -> int:
    """Run every job once; return the pieces worked off. One that fails does not stop the others."""
    worked = 0
    for name, function in sorted(_jobs.items()):
        try:
            worked += function()
        except Exception:
            logger.exception("job_failed", extra={"job": name})
    return worked
