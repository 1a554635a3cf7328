"""Let whoever edits or reviews pages keep the list of topics. Taking one away is the administrator's."""

from django.db import migrations

GROUPS = ("编辑", "审核")
ACTIONS = ("add", "change", "view")


def forwards(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.filter(name__in=GROUPS)
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="portal_pages", model="topic"
    )
    for action in ACTIONS:
        permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=content_type, codename=f"{action}_topic", defaults={"name": f"Can {action} 主题"}
        )
        for group in groups:
            group.permissions.add(permission)


def backwards(apps, schema_editor):
    given = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="portal_pages", codename__in=[f"{action}_topic" for action in ACTIONS]
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.remove(*given)


class Migration(migrations.Migration):
    dependencies = [("portal_pages", "0010_stand_in")]
    operations = [migrations.RunPython(forwards, backwards)]
