"""Migrations of ours have names, and a way back."""

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.apps import apps
from django.db.migrations import Migration

OURS = [config for config in apps.get_app_configs() if config.name.startswith(("portal.", "participation."))]


def migrations() -> Iterator[Migration]:
    """Ours only, by their modules: a library's may ask the database as soon as it is imported."""
    for config in sorted(OURS, key=lambda one: one.label):
        names = sorted(info.name for info in pkgutil.iter_modules([f"{config.path}/migrations"]))
        # What begins so is shared by migrations and none itself, for Django as well.
        for name in (name for name in names if not name.startswith("_")):
            yield import_module(f"{config.name}.migrations.{name}").Migration(name, config.label)


@pytest.mark.unit
@pytest.mark.parametrize("migration", migrations(), ids=str)
def test_a_migration_has_a_name_and_a_way_back(migration):
    assert not re.search(r"_(auto|alter|add|remove)_\d{8}", migration.name)
    assert [operation for operation in migration.operations if not operation.reversible] == []
