"""Empty the demo's database and folders and fill them anew, while the demo may be running."""

import shutil
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.models import ProtectedError
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Page

from portal.accounts.models import User
from portal.answers.models import AnswersIndexPage
from portal.journal.append_only import lifted
from portal.journal.models import JournalHead
from portal.notifications.outbox.store import outbox
from portal.pages.models import InterpretationIndexPage, StandardPage, Topic
from portal.workdays.models import CalendarDay, CalendarEdition, CalendarVersion, YearAlarm
from portal.workdays.states import VersionState

# What migrations and editors brought: the home pages and the calendar, without what people proposed. All
# else of ours is emptied.
OURS = ("portal.", "search")
KEPT = frozenset({"portal_workdays", "portal_pages"})
# Root, home pages, then lists and plain texts; a list of what belongs to another stands below that one.
DEPTH_OF_LISTS = 3
BELOW_LISTS = (StandardPage, InterpretationIndexPage)
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
            cache.clear()
            _remove_files()
            call_command("demo_seed", stdout=self.stdout, verbosity=options["verbosity"])

    def _empty(self) -> None:
        for page in AnswersIndexPage.objects.all():
            page.delete()
        _remove_pages()
        Topic.objects.all().delete()
        # With their files, once this is committed: Wagtail sees to it.
        for kept in (*Document.objects.all(), *Image.objects.all()):
            kept.delete()
        with connection.cursor() as cursor:
            for table in emptied_tables():
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608 — names of our own models
        _bring_back_the_calendar()
        # By the ORM, for Wagtail's tables name people as well: profiles go, revisions stay without author.
        User.objects.all().delete()
        # Foreign keys are checked at commit; here already, for the journal's trigger cannot return before.
        connection.check_constraints()


def emptied_tables() -> list[str]:
    """Return the tables of our apps and of the libraries that hold what people did, people excepted."""
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith(OURS)} - KEPT
    models = [
        model
        for config in apps.get_app_configs()
        if config.label in ours.union(LIBRARIES)
        for model in config.get_models(include_auto_created=True)
    ]
    return [model._meta.db_table for model in models if model is not User and not model._meta.proxy]


def _remove_pages() -> None:
    """Delete what stands in the lists that migrations brought: it leads to offices and people that are made anew."""
    made = Page.objects.filter(depth__gt=DEPTH_OF_LISTS).not_type(*BELOW_LISTS)
    left: set[Any] = {kind.model_class() for kind in ContentType.objects.filter(pk__in=made.values("content_type"))}
    while left:
        kept = {kind for kind in left if not _is_removed(kind)}
        if kept == left:
            raise CommandError(f"Pages keep each other: {', '.join(kind.__name__ for kind in kept)}")
        left = kept


def _is_removed(kind: Any) -> bool:
    """Delete the pages of a type, unless others that are still there protect them, as guides do their centres."""
    try:
        with transaction.atomic():
            kind.objects.filter(depth__gt=DEPTH_OF_LISTS).delete()
    except ProtectedError:
        return False
    return True


def _bring_back_the_calendar() -> None:
    """Leave the calendar as the installation brought it: without the versions that people proposed."""
    proposed = CalendarVersion.objects.exclude(proposed_by=None)
    CalendarEdition.objects.filter(versions__in=proposed).delete()
    CalendarDay.objects.filter(version__in=proposed).delete()
    proposed.update(replaces=None)  # what replaced another proposal would protect it
    proposed.delete()
    CalendarEdition.objects.latest("number").versions.update(status=VersionState.ACTIVE)
    YearAlarm.objects.all().delete()


def _remove_files() -> None:
    """Empty the folders of attachments and of sent messages; what the seed sends comes after."""
    outbox().clear()
    private = Path(settings.PRIVATE_ROOT)
    for kept in private.iterdir() if private.is_dir() else ():
        shutil.rmtree(kept) if kept.is_dir() else kept.unlink()
