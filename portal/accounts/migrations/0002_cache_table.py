"""The table of the database cache, which holds the limits on tries (settings: CACHES)."""

from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def drop(apps, schema_editor):
    for cache in caches.all():
        if isinstance(cache, DatabaseCache):
            schema_editor.execute(f"DROP TABLE {schema_editor.quote_name(cache._table)}")


class Migration(migrations.Migration):
    dependencies = [("portal_accounts", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
