"""Gives whoever edits or reviews pages the rights to a table of theirs; for migrations."""

from collections.abc import Sequence

from django.db import migrations

GROUPS = ("编辑", "审核")


def editors_keep(
    app_label: str, model: str, name: str, actions: Sequence[str] = ("add", "change", "delete", "view")
) -> migrations.RunPython:
    """Return the operation. model: in small letters; name: of the table, as people read it among the rights."""
    codes = [f"{action}_{model}" for action in actions]

    def give(apps, schema_editor):
        groups = apps.get_model("auth", "Group").objects.filter(name__in=GROUPS)
        content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
            app_label=app_label, model=model
        )
        for action, code in zip(actions, codes, strict=True):
            right, _ = apps.get_model("auth", "Permission").objects.get_or_create(
                content_type=content_type, codename=code, defaults={"name": f"Can {action} {name}"}
            )
            for group in groups:
                group.permissions.add(right)

    def take(apps, schema_editor):
        given = apps.get_model("auth", "Permission").objects.filter(
            content_type__app_label=app_label, codename__in=codes
        )
        for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
            group.permissions.remove(*given)

    return migrations.RunPython(give, take)
