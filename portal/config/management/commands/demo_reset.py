"""Empty the demo's database and fill it anew, while the demo may be running."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from portal.answers.models import AnswersIndexPage
from portal.journal.append_only import lifted
from portal.journal.models import JournalHead

OURS = ("portal_answers", "portal_notifications", "portal_files", "portal_journal", "portal_accounts")
LIBRARIES = ("account", "mfa", "sessions", "django_tasks_database")


class Command(BaseCommand):
    """Delete what people did; keep what the migrations brought (calendar, languages, home pages)."""

    help = "Start the demo over: delete all data of people and questions, then seed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Empty and seed."""
        if not settings.CLOCK_MAY_BE_MOVED:
            raise CommandError("Only a demo is reset.")
        with transaction.atomic():
            with lifted(connection):
                self._empty()
                JournalHead.objects.update_or_create(id=1, defaults={"position": 0})
            call_command("demo_seed", verbosity=options["verbosity"])

    def _empty(self) -> None:
        for index in AnswersIndexPage.objects.all():
            index.delete()
        with connection.constraint_checks_disabled(), connection.cursor() as cursor:
            tables = [
                model._meta.db_table
                for label in (*OURS, *LIBRARIES)
                for model in apps.get_app_config(label).get_models(include_auto_created=True)
            ]
            for table in tables:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608 — names of our own models
