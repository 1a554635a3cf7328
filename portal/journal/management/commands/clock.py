"""The clock process: runs the ticks. Several may run; one leads."""

import logging
import signal
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from portal.journal.health import beat
from portal.journal.ticks import lead, process_name, run_ticks
from portal.kernel import clock as clocks

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Run the ticks every few seconds for as long as this process leads."""

    help = "Run the ticks: verdicts at their due instant, reminders, closings."
    stopping = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--every", type=float, default=5.0, help="seconds between two rounds")
        parser.add_argument("--once", action="store_true", help="run one round and leave")

    def handle(self, *args: Any, every: float, once: bool, **options: Any) -> None:
        """Loop: take the lead, run the ticks, sleep."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        me = process_name()
        while not self.stopping:
            self._round(me)
            if once:
                return
            self._sleep(every)

    def _round(self, me: str) -> None:
        try:
            close_old_connections()
            if lead("clock", me):
                run_ticks(clocks.installed())
                beat("clock")
        except Exception:
            logger.exception("clock_round_failed")

    def _sleep(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not self.stopping and time.monotonic() < end:
            time.sleep(min(0.2, seconds))

    def _stop(self, signum: int, frame: FrameType | None) -> None:
        self.stopping = True
