"""Compares the index with the database each night, so that a difference nobody has noticed is gone by the morning.

Such a difference comes of an index that was put back, of a disk, of somebody who writes to the server by hand.
"""

import logging

from portal.journal.ticks import is_led
from portal.kernel.clock import SHANGHAI, Clock
from search import registry
from search.batches import batches
from search.engines import current
from search.engines.base import Asked, Engine
from search.indexing import REBUILDING, note, rebuild
from search.models import Comparison, Entry

# Hours in which few search, behind the nightly backup (deploy/systemd/yishi-backup.timer). Ours.
NIGHT = range(4, 6)
COMPARED = 1000  # ids that are compared at once
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


def differences(engine: Engine) -> tuple[set[str], set[str]]:
    """Return the ids that are missing in the index or among the copies, and those that are left over in either.

    Asks for some at a time. All there are at once are read only where the numbers say that something is left over.
    """
    missing: set[str] = set()
    indexed = copied = 0
    for wanted in batches(registry.identities(), COMPARED):
        in_index = set(engine.ask(Asked(None, {"id": wanted}, limit=len(wanted))).ids)
        in_copies = set(Entry.objects.filter(id__in=wanted).values_list("id", flat=True))
        missing |= set(wanted) - (in_index & in_copies)
        indexed, copied = indexed + len(in_index), copied + len(in_copies)
    if (indexed, copied) == (engine.count(), Entry.objects.count()):
        return missing, set()
    left_over = engine.ids() | set(Entry.objects.values_list("id", flat=True))
    for wanted in batches(registry.identities(), COMPARED):
        left_over.difference_update(wanted)
    return missing, left_over
