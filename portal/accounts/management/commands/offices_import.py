"""Import the tree of offices from a CSV file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.accounts import office_csv
from portal.accounts.actions.office_import import ImportRefused, import_offices
from portal.accounts.models import Office
from portal.accounts.office_csv import COLUMNS, Fault
from portal.kernel import clock
from portal.kernel.actors import system


class Command(BaseCommand):
    """Found the offices that are new and change those that differ: all of them, or none."""

    help = (
        "Import offices from a CSV file (UTF-8 or GB 18030) with the columns "
        f"{','.join(COLUMNS)}. parent is the code of the office above. A second run changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and the switch for a trial."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        """Read, check, take over."""
        try:
            text = office_csv.decode(file.read_bytes())
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        except office_csv.Unreadable:
            raise CommandError(f"{file}: neither UTF-8 nor GB 18030") from None
        rows, faults = office_csv.read(text, dict(Office.objects.values_list("code", "level")))
        if faults:
            self._refuse(file, faults)
        try:
            with transaction.atomic():
                outcome = import_offices(rows, by=system("offices_import"), clock=clock.installed())
                transaction.set_rollback(dry_run)
        except ImportRefused as refused:
            self._refuse(file, refused.faults)
        for verb, codes in vars(outcome).items():
            self.stdout.write(f"{verb}: {len(codes)}" + (f" ({', '.join(codes)})" if codes else ""))
        if dry_run:
            self.stdout.write("dry run: nothing was written")

    def _refuse(self, file: Path, faults: list[Fault]) -> None:
        for fault in faults:
            self.stderr.write(f"{file.name}:{fault.line}: {fault.text}")
        raise CommandError(f"{len(faults)} faults, nothing was imported")
