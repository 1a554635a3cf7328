"""The search of the back office (pages, pictures, documents, choosers) over the same analysis as the public one.

A thin backend under modelsearch, which Wagtail searches with: its tables, its calls, our tokens. Its own
backends take a run of Chinese characters for one word, make an error of a quotation mark on SQLite, and rank there in
quadratic time. Set in ``WAGTAILSEARCH_BACKENDS``; after a change of tokens run ``manage.py update_index``.
"""

from typing import Any

from django.db import connection


def SearchBackend(params: dict[str, Any]) -> Any:  # the name that modelsearch looks for
    """Return the backend for the database in use. Raises NotImplementedError for one that the portal does not run on."""
    if connection.vendor == "sqlite":
        from search.admin_search.sqlite import SqliteBackend

        return SqliteBackend(params)
    if connection.vendor == "postgresql":
        from search.admin_search.postgresql import PostgresqlBackend

        return PostgresqlBackend(params)
    raise NotImplementedError(connection.vendor)
