"""Compares the index with the database each night, so that a difference nobody has noticed is gone by the morning.

Such a difference comes of an index that was put back, of a disk, of somebody who writes to the server by hand.
"""

import logging

from portal.journal.ticks import is_led
from portal.kernel.clock import SHANGHAI, Clock
from search.engines import current
from search.indexing import REBUILDING, differences, note, rebuild
from search.models import Comparison

# Hours in which few search, behind the nightly backup (deploy/systemd/yishi-backup.timer). Ours.
NIGHT = range(4, 6)
NAMED = 10  # ids in the log, to look into the reason by

logger = logging.getLogger(__name__)


def mend_at_night(clock: Clock) -> int:
    """Note what differs for the worker, once a night; return how many documents that was. Makes an index where there is none.

    While the index is made anew it waits for the end of that. Raises EngineAway; then it is tried the next night.
    """
    now = clock.now().astimezone(SHANGHAI)
    if now.hour not in NIGHT or Comparison.objects.filter(day=now.date()).exists() or is_led(REBUILDING):
        return 0
    comparison, is_ours = Comparison.objects.get_or_create(day=now.date())
    if not is_ours:
        return 0
    engine = current()
    if not engine.names().current:
        return rebuild(engine).written
    missing, left_over = differences(engine)
    differing = sorted(missing | left_over)
    note(differing)
    comparison.differed = len(differing)
    comparison.save()
    if differing:
        counted = {"missing": len(missing), "left_over": len(left_over), "some": differing[:NAMED]}
        logger.warning("search_index_differed", extra=counted)
    return len(differing)
