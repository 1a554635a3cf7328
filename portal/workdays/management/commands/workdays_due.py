"""Compute both due instants of a question: for the help desk, and for checks from outside."""

import json
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand

from portal.kernel.clock import SHANGHAI
from portal.kernel.workdays import WorkCalendar
from portal.workdays.queries import calendar
from portal.workdays.rules.promises import promise


class Command(BaseCommand):
    """Print one JSON line per instant. Exit status 1 when one of them could not be computed."""

    help = "Print when a question submitted at an instant must be accepted and answered, one JSON line each."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the instants as they are written, to judge each on its own."""
        parser.add_argument("instants", nargs="+", metavar="ISO-INSTANT", help="such as 2026-09-17T18:00:00+08:00")

    def handle(self, *args: Any, instants: list[str], **options: Any) -> None:
        """Print the lines in the order of the arguments."""
        in_force = calendar()
        lines = [_line(written, in_force) for written in instants]
        for line in lines:
            self.stdout.write(json.dumps(line, ensure_ascii=False))
        if any("error" in line for line in lines):
            raise SystemExit(1)


def _line(written: str, in_force: WorkCalendar) -> dict[str, Any]:
    try:
        submitted_at = datetime.fromisoformat(written)
        promised = promise(submitted_at, in_force)
    except (ValueError, OverflowError) as error:
        return {"submitted_at": written, "error": str(error)}
    return {
        "submitted_at": submitted_at.astimezone(SHANGHAI).isoformat(),
        "accept_due": promised.accept_due.isoformat(),
        "reply_due": promised.reply_due.isoformat(),
        "provisional": promised.provisional,
        "counted_days": [day.isoformat() for day in promised.counted_days],
    }
