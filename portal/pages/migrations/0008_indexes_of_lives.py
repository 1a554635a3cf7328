"""Give every site its lists of life events, spokespersons and sessions, in both languages, below the home pages."""

import tomllib
import uuid
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data"
KINDS = {
    "life-events": "LifeEventIndexPage",
    "spokespersons": "SpokespersonIndexPage",
    "sessions": "SessionIndexPage",
}
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # of a step in Wagtail's tree
STEP = 4


def forwards(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    keys = {name: uuid.uuid4() for name in KINDS}
    for home in apps.get_model("portal_pages", "HomePage").objects.select_related("locale"):
        texts = tomllib.loads((DATA / f"{home.locale.language_code}.toml").read_text("utf-8"))
        for slug, kind in KINDS.items():
            if Page.objects.filter(url_path=f"{home.url_path}{slug}/").exists():
                continue  # an editor was here first
            content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
                app_label="portal_pages", model=kind.lower()
            )
            apps.get_model("portal_pages", kind).objects.create(
                path=next_place(Page, home),
                depth=home.depth + 1,
                url_path=f"{home.url_path}{slug}/",
                slug=slug,
                content_type=content_type,
                translation_key=keys[slug],
                locale=home.locale,
                draft_title=texts[slug]["title"],
                **texts[slug],
            )
            Page.objects.filter(pk=home.pk).update(numchild=children(Page, home).count())


def children(Page, home):
    return Page.objects.filter(path__startswith=home.path, depth=home.depth + 1)


def next_place(Page, home):
    last = children(Page, home).order_by("-path").values_list("path", flat=True).first()
    number = int(last[-STEP:], len(DIGITS)) + 1 if last else 1
    digits = ""
    for _place in range(STEP):
        number, digit = divmod(number, len(DIGITS))
        digits = DIGITS[digit] + digits
    return home.path + digits


def backwards(apps, schema_editor):
    """Take the empty lists away again; one that holds pages stays, and Wagtail refuses to lose its type."""
    Page = apps.get_model("wagtailcore", "Page")
    for slug, kind in KINDS.items():
        Page.objects.filter(content_type__model=kind.lower(), slug=slug, numchild=0).delete()
    for home in apps.get_model("portal_pages", "HomePage").objects.all():
        Page.objects.filter(pk=home.pk).update(numchild=children(Page, home).count())


class Migration(migrations.Migration):
    dependencies = [("portal_pages", "0007_lives")]
    operations = [migrations.RunPython(forwards, backwards)]
