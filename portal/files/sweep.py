"""Plug: abandoned drafts' files go a day after their upload, and what could not be erased goes then."""

from portal.files.actions import erase
from portal.files.models import Upload
from portal.journal.realtime import real_now
from portal.journal.ticks import tick
from portal.kernel.clock import Clock

BATCH = 200


@tick("files.sweep")
def sweep(clock: Clock) -> int:
    """Erase expired and removed uploads; return how many. Real time: `clock` may be a demo's."""
    # Marked first: from then on neither a form nor a parallel submission can use them.
    Upload.objects.filter(expires_at__lte=real_now()).update(state=Upload.State.REMOVED)
    removed = list(Upload.objects.filter(state=Upload.State.REMOVED)[:BATCH])
    for upload in removed:
        erase(upload)
    return len(removed)
