"""The database cache: allauth keeps its counters and used codes there."""

from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router

from portal.journal.realtime import real_now
from portal.kernel import vault


def sealed_key(key: str, prefix: str, version: int) -> str:
    """Return the key as it is stored: a fingerprint. Libraries put addresses and plain hashes of numbers in it."""
    return vault.installed().blind_index(f"cache:{prefix}:{version}:{key}")


def purge() -> int:
    """Delete expired entries from every database cache; return how many.

    Django's own culling starts at MAX_ENTRIES and then throws away live counters too, so that
    a flood could reset the limits; with this it is never reached.
    """
    deleted = 0
    for cache in caches.all(initialized_only=False):
        if isinstance(cache, DatabaseCache):
            connection = connections[router.db_for_write(cache.cache_model_class)]
            now = connection.ops.adapt_datetimefield_value(real_now().replace(microsecond=0))
            with connection.cursor() as cursor:
                table = connection.ops.quote_name(cache._table)  # type: ignore[attr-defined]
                cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608 — our own table's name
                deleted += cursor.rowcount
    return deleted
