"""Load the seed: the announced years as announced, the years to come with their statutory days off."""

import tomllib
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data"


def forwards(apps, schema_editor):
    edition = apps.get_model("portal_workdays", "CalendarEdition").objects.create(number=1)
    for folder, announced in (("national", True), ("provisional", False)):
        for path in sorted((DATA / folder).glob("*.toml")):
            edition.versions.add(load(apps, tomllib.loads(path.read_text("utf-8")), announced))


def load(apps, entries, announced):
    days = entries.pop("days")
    version = apps.get_model("portal_workdays", "CalendarVersion").objects.create(
        number=1, status="active", announced=announced, **entries
    )
    day_model = apps.get_model("portal_workdays", "CalendarDay")
    day_model.objects.bulk_create(day_model(version=version, **day) for day in days)
    return version


def backwards(apps, schema_editor):
    for name in ("CalendarEdition", "CalendarDay", "CalendarVersion"):
        apps.get_model("portal_workdays", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("portal_workdays", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
