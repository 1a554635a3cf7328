"""Measure the search from outside: documents and queries in, lists of ids out."""

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser

from search.analysis.synonyms import shipped
from search.documents import Document
from search.engines import throw_away
from search.engines.base import EngineAway
from search.searching import search

MOST = 20


class Command(BaseCommand):
    """Builds a throw-away index and runs queries through the public pipeline; touches no database."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Documents: [{id, title, body, kind}]; queries: [{id, q}]; out: {query id: [document ids]}."""
        parser.add_argument("--docs", required=True, type=Path)
        parser.add_argument("--queries", required=True, type=Path)
        parser.add_argument("--engine", required=True, choices=throw_away.NAMES)
        parser.add_argument("--out", required=True, type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit with 2 and a reason where the engine is missing or a file cannot be read."""
        try:
            documents = [
                Document(str(one["id"]), str(one.get("kind", "")), str(one.get("title", "")), str(one.get("body", "")))
                for one in json.loads(options["docs"].read_text("utf-8"))
            ]
            queries = [(str(one["id"]), str(one["q"])) for one in json.loads(options["queries"].read_text("utf-8"))]
            with throw_away.engine(options["engine"]) as engine:
                engine.write(documents)
                found = {key: search(engine, q, shipped(), limit=MOST).found.ids for key, q in queries}
            options["out"].write_text(json.dumps(found, ensure_ascii=False, indent=1), "utf-8")
        except (throw_away.Missing, EngineAway, OSError, ValueError) as error:
            self._give_up(str(error))
        except (KeyError, TypeError, AttributeError) as error:
            self._give_up(f"a file is not of the shape that is asked for: {error!r}")

    def _give_up(self, reason: str) -> NoReturn:
        self.stderr.write(f"search_eval: {reason}")
        sys.exit(2)
