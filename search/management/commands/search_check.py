"""Is the index like the database?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines import current
from search.engines.base import EngineAway
from search.indexing import note
from search.mending import differences


class Command(BaseCommand):
    """Compare the ids."""

    help = "Compare the index with the database: what is missing, what is left over. Exit code 1 where they differ."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--mend", action="store_true", help="let the worker index what differs")

    def handle(self, *args: Any, mend: bool, **options: Any) -> None:
        """Compare and tell."""
        try:
            missing, left_over = differences(current())
        except EngineAway as error:
            raise CommandError(f"the engine does not answer: {error}") from error
        for identity in sorted(missing):
            self.stdout.write(f"missing    {identity}")
        for identity in sorted(left_over):
            self.stdout.write(f"left over  {identity}")
        if mend:
            note(sorted(missing | left_over))
        elif missing or left_over:
            raise CommandError(f"{len(missing)} missing, {len(left_over)} left over")
        self.stdout.write("the index is like the database" if not missing | left_over else "noted for the worker")
