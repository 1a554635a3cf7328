"""The worker: reads the journal on, runs handlers and background jobs, serves Wagtail's tasks."""

import logging
import signal
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

from portal.journal import relay
from portal.journal.health import beat
from portal.journal.jobs import run_jobs
from portal.journal.ticks import process_name

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Run until told to stop."""

    help = "Read the journal on, run handlers and jobs, serve background tasks."
    stopping = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--idle", type=float, default=0.3, help="seconds to sleep when nothing is due")
        parser.add_argument("--once", action="store_true", help="work off what is due and leave")

    def handle(self, *args: Any, idle: float, once: bool, **options: Any) -> None:
        """Loop over the three kinds of work."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        while not self.stopping:
            worked = self._round()
            if once and not worked:
                return
            if not worked:
                time.sleep(idle)

    def _round(self) -> int:
        """Do one round of everything; a failing database is retried, not fatal."""
        try:
            close_old_connections()
            beat("worker")
            worked = relay.read_on() + relay.run_due() + run_jobs()
            self._serve_tasks()
        except Exception:
            logger.exception("worker_round_failed")
            time.sleep(1)
            return 0
        return worked

    def _serve_tasks(self) -> None:
        Worker(
            queue_names=["default"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=process_name(),
            excluded_queue_names=[],
        ).run()

    def _stop(self, signum: int, frame: FrameType | None) -> None:
        self.stopping = True
