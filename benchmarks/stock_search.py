"""Wagtail's own search backend over the documents of `benchmarks.searching`, as it comes: what ours is measured beside."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

from benchmarks.throwaway import database
from search.documents import Document

CHUNK = 1000
PATIENCE = 5.0  # seconds; its ranking takes time with the square of what is found


class Stock:
    """An index of Wagtail's database backend, in a database that is gone afterwards."""

    def __init__(self) -> None:
        from wagtail.search import index
        from wagtail.search.backends import get_search_backend

        from search.models import Entry

        class Indexed(index.Indexed, Entry):
            search_fields = [index.SearchField("title", boost=2), index.SearchField("body")]

            class Meta:
                proxy = True
                app_label = "search"

        self._model, self._backend = Indexed, get_search_backend("wagtail.search.backends.database")

    def write(self, documents: Iterable[Document]) -> None:
        """Keep the documents and index them, as its own rebuild does."""
        entries = (
            self._model(id=one.id, kind=one.kind, title=one.title, body=one.body, language=one.language)
            for one in documents
        )
        rebuilder = self._backend.rebuilder_class(self._backend.get_index_for_model(self._model))
        index = rebuilder.start()
        while chunk := list(islice(entries, CHUNK)):
            self._model.objects.bulk_create(chunk)
            index.add_items(self._model, chunk)
        rebuilder.finish()

    def search(self, text: str) -> tuple[float, int]:
        """Return seconds and how many of the first twenty were found; gives up after `PATIENCE`."""
        from django.db import DatabaseError, connection

        begin = time.perf_counter()
        end = begin + PATIENCE
        if connection.vendor == "sqlite":
            connection.connection.set_progress_handler(lambda: time.perf_counter() > end, 10_000)
        else:
            connection.cursor().execute(f"SET statement_timeout = {int(PATIENCE * 1000)}")
        try:
            found = len(self._backend.search(text, self._model)[:20])
        except DatabaseError:
            found = 0
        return time.perf_counter() - begin, found


@contextmanager
def stock() -> Iterator[Stock]:
    """Give an empty one."""
    with database():
        yield Stock()
