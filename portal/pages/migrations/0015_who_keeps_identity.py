"""Make the one row of the site's identity, and let reviewers change it: it stands on every page at once, with no second pair of eyes."""

from django.db import migrations

GROUP = "审核"


def forwards(apps, schema_editor):
    SiteIdentity = apps.get_model("portal_pages", "SiteIdentity")
    if not SiteIdentity.objects.exists():
        SiteIdentity.objects.create()
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="portal_pages", model="siteidentity"
    )
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename="change_siteidentity", defaults={"name": "Can change 网站标识和页脚"}
    )
    for group in apps.get_model("auth", "Group").objects.filter(name=GROUP):
        group.permissions.add(permission)


def backwards(apps, schema_editor):
    given = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="portal_pages", codename="change_siteidentity"
    )
    for group in apps.get_model("auth", "Group").objects.filter(name=GROUP):
        group.permissions.remove(*given)


class Migration(migrations.Migration):
    dependencies = [("portal_pages", "0014_site_identity")]
    operations = [migrations.RunPython(forwards, backwards)]
