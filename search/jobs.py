"""What the worker does: one of the processes at a time writes to the index."""

import logging
from collections.abc import Callable

from portal.journal.jobs import job
from portal.journal.ticks import is_led, lead, process_name
from portal.kernel import clock as clocks
from search.engines import current
from search.engines.base import EngineAway, TakenOver
from search.indexing import REBUILDING, rebuild, work_off
from search.mending import mend_at_night
from search.models import Waiting

logger = logging.getLogger(__name__)


@job("search.index")
def index_what_waits() -> int:
    """Index a batch, or everything where there is no index yet; while the engine is away all waits, and the worker sleeps."""
    if not Waiting.objects.exists() or not lead("search.index", process_name()):
        return 0
    return _unless_away(lambda: work_off() if _has_index() else rebuild(current()).written)


@job("search.mend")
def mend() -> int:
    """Compare index and database when it is night."""
    return _unless_away(lambda: mend_at_night(clocks.installed()))


def _has_index() -> bool:
    """Tell whether there is one, or somebody makes one, who hears of changes, too; whoever was stopped half way does not."""
    return bool(current().names().current) or is_led(REBUILDING)


def _unless_away(work: Callable[[], int]) -> int:
    try:
        return work()
    except (EngineAway, TakenOver) as error:
        logger.warning("search_engine_away", extra={"error": type(error).__name__})
        return 0
