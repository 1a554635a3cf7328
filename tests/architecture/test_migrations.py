"""Migrations of ours have names, and a way back."""

import re

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

OURS = {config.label for config in apps.get_app_configs() if config.name.startswith(("portal.", "participation."))}
FOUND = MigrationLoader(None).disk_migrations
# Sorted: the loader reads folders as sets, and parallel workers must collect the same list.
MIGRATIONS = [FOUND[key] for key in sorted(FOUND) if key[0] in OURS]


@pytest.mark.unit
@pytest.mark.parametrize("migration", MIGRATIONS, ids=str)
def test_a_migration_has_a_name_and_a_way_back(migration):
    assert not re.search(r"_(auto|alter|add|remove)_\d{8}", migration.name)
    assert [operation for operation in migration.operations if not operation.reversible] == []
