"""Make the index of the public search anew, while it is asked."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines import current
from search.engines.base import EngineAway, NothingBefore, TakenOver
from search.indexing import rebuild
from search.rebuilding import Shrunk


class Command(BaseCommand):
    """Fill a new index from the database, then let it take the old one's place."""

    help = "Make the index of the public search anew from the database, while the old one is asked."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--may-shrink", action="store_true", help="also where far less is there than before")
        parser.add_argument("--roll-back", action="store_true", help="ask the index before this one again, instead")

    def handle(self, *args: Any, may_shrink: bool, **options: Any) -> None:
        """Rebuild, and say how far it is."""
        try:
            if options["roll_back"]:
                self.stdout.write(f"{current().roll_back()} is asked again")
                return
            report = rebuild(current(), lambda done: self.stdout.write(f"{done} …"), may_shrink=may_shrink)
        except EngineAway as error:
            raise CommandError(f"the engine does not answer: {error}") from error
        except (NothingBefore, Shrunk, TakenOver) as error:
            raise CommandError(str(error) or type(error).__name__) from error
        self.stdout.write(f"{report.held} documents in {report.seconds:.1f} s: {report.name}")
