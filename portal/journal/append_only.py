"""The database itself refuses to change or remove an event; a demo that starts over may lift that.

The triggers come from migration 0002. Nothing in production imports this module.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "portal_journal_eventrecord"


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let events be deleted inside the block; the triggers stand again after it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER journal_no_delete")
            yield
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no table is altered while a check is put off
            cursor.execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER journal_no_delete")
            return
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = 'journal_no_delete'")
        trigger = cursor.fetchone()
        cursor.execute("DROP TRIGGER IF EXISTS journal_no_delete")
        yield
        if trigger:
            cursor.execute(trigger[0])
