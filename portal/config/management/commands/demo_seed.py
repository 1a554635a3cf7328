"""Fill the demo's database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from portal.accounts.models import Office
from portal.config.demo.codes import write_codes
from portal.config.demo.seeding import NotADemo, seed
from portal.journal.ticks import run_ticks
from portal.kernel import clock as clocks
from search.engines import current
from search.indexing import rebuild


class Command(BaseCommand):
    """Create the fictional district with its people and questions."""

    help = "Fill an empty demo database: offices, people, forty questions in every state."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there are offices already")

    def handle(self, *args: Any, if_empty: bool, **options: Any) -> None:
        """Seed, once."""
        if Office.objects.exists():
            if if_empty:
                return
            raise CommandError("There are offices already. `make demo-reset` starts over.")
        try:
            # All or nothing: a demo interrupted here starts over, and a clock process that runs
            # beside it never sees a question half-way through its history.
            with transaction.atomic():
                scripts = seed(clocks.installed())
        except NotADemo as refused:
            raise CommandError(str(refused)) from refused
        write_codes({str(script.question.pk): script.code for script in scripts if script.question})
        # What the clock process would do within seconds: so the data are complete before it runs.
        run_ticks(clocks.installed())
        # A demo that starts over begins its journal anew, and with it what the index knows by.
        current().clear()
        rebuild(current())
        self.stdout.write(f"{len(scripts)} questions")
