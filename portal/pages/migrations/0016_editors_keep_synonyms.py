"""Let whoever edits or reviews pages keep the other names that the search knows, and take one away again."""

from django.db import migrations

GROUPS = ("编辑", "审核")
ACTIONS = ("add", "change", "delete", "view")


def forwards(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.filter(name__in=GROUPS)
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="search", model="synonym"
    )
    for action in ACTIONS:
        permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=content_type, codename=f"{action}_synonym", defaults={"name": f"Can {action} 搜索同义词"}
        )
        for group in groups:
            group.permissions.add(permission)


def backwards(apps, schema_editor):
    given = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="search", codename__in=[f"{action}_synonym" for action in ACTIONS]
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.remove(*given)


class Migration(migrations.Migration):
    dependencies = [("portal_pages", "0015_who_keeps_identity"), ("search", "0002_synonym")]
    operations = [migrations.RunPython(forwards, backwards)]
