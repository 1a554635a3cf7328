"""Check the hash chain of the whole journal."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.journal.models import EventRecord
from portal.journal.verification import faults


class Command(BaseCommand):
    """Print every fault of the journal; exit 1 when there is one."""

    help = "Verify the journal: gaps, order, hashes, cut ends."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the check."""
        found = list(faults())
        for fault in found:
            self.stderr.write(f"{fault.position}: {fault.what}")
        if found:
            raise CommandError(f"{len(found)} faults")
        self.stdout.write(f"{EventRecord.objects.count()} events, no fault")
