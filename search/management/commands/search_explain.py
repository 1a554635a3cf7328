"""Why does a query find what it finds?"""

from pprint import pformat
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines import current
from search.engines.base import EngineAway
from search.models import Entry
from search.planning import plan
from search.reading import read
from search.searching import search
from search.synonyms import installed

SHOWN = 10


class Command(BaseCommand):
    """Say how a query is read, what the engine is asked, and what it answers."""

    help = "Show how a query is read, its plan and what it finds."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("query")
        parser.add_argument("--language", default="zh-Hans")
        parser.add_argument("--plan", action="store_true", help="print the plan, too; it is long")

    def handle(self, *args: Any, query: str, language: str, **options: Any) -> None:
        """Explain."""
        reading = read(query, installed())
        for concept in reading.concepts:
            little = ", tells little" if concept.tells_little else ""
            guessed = f", guessed {concept.guessed}" if concept.guessed else ""
            others = f", also {'、'.join(concept.others)}" if concept.others else ""
            self.stdout.write(f"{concept.typed}{little}{guessed}{others}")
        if options["plan"]:
            self.stdout.write(pformat(plan(reading)))
        try:
            result = search(current(), query, installed(), filters={"language": [language]}, limit=SHOWN)
        except EngineAway as error:
            raise CommandError(f"the engine does not answer: {error}") from error
        titles = dict(Entry.objects.filter(id__in=result.found.ids).values_list("id", "title"))
        self.stdout.write(f"{result.found.total} found{', loosely' if result.loosely else ''}")
        for identity in result.found.ids:
            self.stdout.write(f"  {identity}  {titles.get(identity, '')}")
