"""Move the clock of a running demo, so that a trainer can show a breach."""

import re
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from portal.config.clocks import read_offset, write_offset
from portal.kernel import clock as clocks
from portal.kernel.clock import SHANGHAI

_STEP = re.compile(r"\+(\d+)([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


class Command(BaseCommand):
    """Move the clock forward, or back to the present with fresh data."""

    help = "+26h, +3d, +15m, an ISO instant, or reset. Demo and tests only."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the argument."""
        parser.add_argument("to", help="+26h | 2026-12-01T09:00+08:00 | reset")

    def handle(self, *args: Any, to: str, **options: Any) -> None:
        """Move every process of the demo; the moved clock runs on."""
        if not settings.CLOCK_MAY_BE_MOVED:
            raise CommandError("Time is moved in the demo only.")
        if to == "reset":
            self._start_over(options["verbosity"])
        else:
            write_offset(read_offset() + self._forward(to))
        self.stdout.write(clocks.installed().now().astimezone(SHANGHAI).isoformat(timespec="seconds"))

    def _start_over(self, verbosity: int) -> None:
        """Bring back the present with fresh data, both or neither: the journal must not hold events of the future."""
        moved = read_offset()
        try:
            with transaction.atomic():
                # What is seeded is seeded in the present; the other processes wait for the database meanwhile.
                write_offset(timedelta(0))
                call_command("demo_reset", verbosity=verbosity)
        except BaseException:
            write_offset(moved)
            raise

    def _forward(self, to: str) -> timedelta:
        if step := _STEP.fullmatch(to):
            return timedelta(**{_UNITS[step[2]]: int(step[1])})
        try:
            moment = datetime.fromisoformat(to)
        except ValueError:
            raise CommandError(f"{to}: give +26h, +3d, +15m, an ISO instant or reset.") from None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=SHANGHAI)
        forward = moment - clocks.installed().now()
        if forward < timedelta(0):
            raise CommandError("The clock moves forward only; reset brings it back, with fresh data.")
        return forward
