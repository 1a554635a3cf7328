"""What the worker does: one of the processes at a time writes to the index."""

import logging

from portal.journal.jobs import job
from portal.journal.ticks import lead, process_name
from search.engines.base import EngineAway
from search.indexing import work_off
from search.models import Waiting

logger = logging.getLogger(__name__)


@job("search.index")
def index_what_waits() -> int:
    """Index a batch; while the engine is away everything waits, and the worker sleeps."""
    if not Waiting.objects.exists() or not lead("search.index", process_name()):
        return 0
    try:
        return work_off()
    except EngineAway as error:
        logger.warning("search_engine_away", extra={"error": type(error).__name__})
        return 0
