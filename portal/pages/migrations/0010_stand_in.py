"""Let a new page stand in the English tree in Chinese until it has a translation."""

from django.db import migrations


def forwards(apps, schema_editor):
    locales = {locale.language_code: locale for locale in apps.get_model("wagtailcore", "Locale").objects.all()}
    if {"zh-hans", "en"} <= set(locales):
        apps.get_model("wagtail_localize", "LocaleSynchronization").objects.get_or_create(
            locale=locales["en"], defaults={"sync_from": locales["zh-hans"]}
        )


class Migration(migrations.Migration):
    dependencies = [
        ("portal_pages", "0009_home_tasks"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
