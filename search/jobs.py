"""What the worker does: one of the processes at a time writes to the index."""

import logging

from portal.journal.jobs import job
from portal.journal.ticks import lead, process_name
from search.engines import current
from search.engines.base import EngineAway, NoIndex, TakenOver
from search.indexing import rebuild, work_off
from search.models import Waiting

logger = logging.getLogger(__name__)


@job("search.index")
def index_what_waits() -> int:
    """Index a batch, or everything where there is no index yet; while the engine is away all waits, and the worker sleeps."""
    if not Waiting.objects.exists() or not lead("search.index", process_name()):
        return 0
    try:
        return work_off()
    except NoIndex:
        return first_index()
    except EngineAway as error:
        logger.warning("search_engine_away", extra={"error": type(error).__name__})
        return 0


def first_index() -> int:
    """Make the index of a new installation, or of a server that has lost it, unless somebody is at it."""
    try:
        return 0 if current().names().building else rebuild(current()).written
    except (EngineAway, TakenOver) as error:
        logger.warning("search_engine_away", extra={"error": type(error).__name__})
        return 0
