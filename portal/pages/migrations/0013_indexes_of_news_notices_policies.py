"""Give every site its lists of news, notices, policies and interpretations, in both languages."""

import tomllib
import uuid
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data"
# Address below the home page → type; one that stands below another comes after it.
KINDS = {
    "news": "NewsIndexPage",
    "notices": "NoticeIndexPage",
    "policies": "PolicyIndexPage",
    "policies/interpretations": "InterpretationIndexPage",
}
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # of a step in Wagtail's tree
STEP = 4


def forwards(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    keys = {address: uuid.uuid4() for address in KINDS}
    for home in apps.get_model("portal_pages", "HomePage").objects.select_related("locale"):
        texts = tomllib.loads((DATA / f"{home.locale.language_code}.toml").read_text("utf-8"))
        for address, kind in KINDS.items():
            above, _, slug = address.rpartition("/")
            url_path = f"{home.url_path}{address}/"
            if Page.objects.filter(url_path=url_path).exists():
                continue  # an editor was here first
            content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
                app_label="portal_pages", model=kind.lower()
            )
            parent = Page.objects.get(url_path=f"{home.url_path}{above}/" if above else home.url_path)
            apps.get_model("portal_pages", kind).objects.create(
                path=next_place(Page, parent),
                depth=parent.depth + 1,
                url_path=url_path,
                slug=slug,
                content_type=content_type,
                translation_key=keys[address],
                locale=home.locale,
                draft_title=texts[slug]["title"],
                **texts[slug],
            )
            Page.objects.filter(pk=parent.pk).update(numchild=children(Page, parent).count())


def children(Page, parent):
    return Page.objects.filter(path__startswith=parent.path, depth=parent.depth + 1)


def next_place(Page, parent):
    last = children(Page, parent).order_by("-path").values_list("path", flat=True).first()
    number = int(last[-STEP:], len(DIGITS)) + 1 if last else 1
    digits = ""
    for _place in range(STEP):
        number, digit = divmod(number, len(DIGITS))
        digits = DIGITS[digit] + digits
    return parent.path + digits


def backwards(apps, schema_editor):
    """Take the empty lists away again; one that holds pages stays, and Wagtail refuses to lose its type."""
    Page = apps.get_model("wagtailcore", "Page")
    for address, kind in reversed(KINDS.items()):
        found = Page.objects.filter(content_type__model=kind.lower(), slug=address.rpartition("/")[2], numchild=0)
        parents = [path[:-STEP] for path in found.values_list("path", flat=True)]
        found.delete()
        for parent in Page.objects.filter(path__in=parents):
            Page.objects.filter(pk=parent.pk).update(numchild=children(Page, parent).count())


class Migration(migrations.Migration):
    dependencies = [("portal_pages", "0012_news_notices_policies")]
    operations = [migrations.RunPython(forwards, backwards)]
