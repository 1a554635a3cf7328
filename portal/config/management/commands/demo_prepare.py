"""Make the demo's database ready and say how to get in: what ``make demo`` runs before the processes."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from portal.accounts.models import Office, Role
from portal.config.demo.accounts import PASSWORD, Account, accounts, read
from portal.config.demo.address import remember_address

# As a question meets them.
ORDER = (
    "resident",
    Role.DISPATCHER,
    Role.SPOKESPERSON,
    Role.OFFICER,
    Role.LEADER,
    Role.EDITOR,
    Role.REVIEWER,
    Role.OFFICE_ADMIN,
    Role.AUDITOR,
    "administrator",
)


class Command(BaseCommand):
    """Migrate where something is new, seed where nothing is there, print the ways in."""

    help = "Migrate and seed the demo if needed, then print addresses and accounts."

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare and tell."""
        if not settings.DEMO:
            raise CommandError("For the demo only.")
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self._say("building the database")
            call_command("migrate", verbosity=0)
        if not Office.objects.exists():
            self._say("filling it with a made-up district")
            call_command("demo_seed", stdout=self.stderr)
        self._tell()

    def _tell(self) -> None:
        address = settings.BASE_URL
        remember_address(address)
        shown = self._shown()
        table = [("role", "login", "name", "office")]
        table += [(row.role, row.login, row.name, row.office) for row in shown]
        widths = [max(_width(line[column]) for line in table) for column in range(4)]
        for line in table:
            cells = [cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)]
            self.stdout.write("  " + "  ".join(cells).rstrip())
        self.stdout.write(f"\n  password of all: {PASSWORD}")
        for row in shown:
            if row.totp_secret:
                self.stdout.write(f"  second factor of {row.login}: TOTP secret {row.totp_secret}")
        self.stdout.write("  every account: .venv/bin/python manage.py demo_manifest\n\n")
        self.stdout.write(f"  site    {address}/   English {address}/en/")
        self.stdout.write(f"  staff   {address}/admin/")
        self.stdout.write(f"  outbox  {address}/outbox/   (mails and text messages)")

    def _shown(self) -> list[Account]:
        """Return the named people, a spokesperson of each level and an officer; the rest is in the manifest."""
        everybody = accounts()
        named = len(read("people")["person"])
        levels = dict(Office.objects.values_list("code", "level"))
        examples: dict[tuple[str, str], Account] = {}
        for row in everybody[named:]:
            if row.role == Role.SPOKESPERSON:
                examples.setdefault((row.role, levels[row.office]), row)
            elif row.role == Role.OFFICER:
                examples.setdefault((row.role, ""), row)
        return sorted([*everybody[:named], *examples.values()], key=lambda row: ORDER.index(row.role))

    def _say(self, what: str) -> None:
        self.stderr.write(f"demo: {what} …")


def _width(text: str) -> int:
    """Return how many columns `text` takes in a terminal: a Chinese character takes two."""
    return sum(2 if ord(character) > 0x2E80 else 1 for character in text)
