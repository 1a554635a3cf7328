"""Give a new site its pages: Chinese at ``/``, English at ``/en/``, translations of each other."""

import tomllib
import uuid
from pathlib import Path

from django.conf import settings
from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data"
# Places in Wagtail's tree: four characters a step. The first is where Wagtail itself puts its welcome page.
ROOT, HOMES = "0001", {"zh-hans": "00010001", "en": "00010002"}
SLUGS = {"zh-hans": "home", "en": "home-en"}
BELOW = ("about", "accessibility")


def forwards(apps, schema_editor):
    keys = {name: uuid.uuid4() for name in ("home", *BELOW)}
    welcome = apps.get_model("wagtailcore", "Page").objects.get(path=HOMES["zh-hans"])
    for code, path in HOMES.items():
        locale, _ = apps.get_model("wagtailcore", "Locale").objects.get_or_create(language_code=code)
        texts = tomllib.loads((DATA / f"{code}.toml").read_text("utf-8"))
        home = page(apps, "HomePage", path, 2, f"/{SLUGS[code]}/", SLUGS[code], keys["home"], locale, texts["home"])
        home.numchild = len(BELOW)
        if code == "zh-hans":
            # The welcome page becomes the home page, so that the site keeps its root.
            home.page_ptr_id = welcome.pk
        home.save()
        for place, slug in enumerate(BELOW, start=1):
            url_path = f"/{SLUGS[code]}/{slug}/"
            page(apps, "StandardPage", f"{path}{place:04}", 3, url_path, slug, keys[slug], locale, texts[slug]).save()
    apps.get_model("wagtailcore", "Page").objects.filter(path=ROOT).update(numchild=len(HOMES))
    apps.get_model("wagtailcore", "Site").objects.filter(root_page_id=welcome.pk).update(
        site_name=settings.WAGTAIL_SITE_NAME
    )


def page(apps, kind, path, depth, url_path, slug, key, locale, texts):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="portal_pages", model=kind.lower()
    )
    return apps.get_model("portal_pages", kind)(
        path=path,
        depth=depth,
        url_path=url_path,
        slug=slug,
        content_type=content_type,
        translation_key=key,
        locale=locale,
        draft_title=texts["title"],
        **texts,
    )


def backwards(apps, schema_editor):
    """Take the pages away again; the Chinese home page turns back into a plain page, for it is the site's root."""
    Page = apps.get_model("wagtailcore", "Page")
    plain = apps.get_model("contenttypes", "ContentType").objects.get(app_label="wagtailcore", model="page")
    home = HOMES["zh-hans"]
    Page.objects.filter(content_type__app_label="portal_pages").exclude(path=home).delete()
    schema_editor.execute("DELETE FROM portal_pages_homepage")
    Page.objects.filter(path=home).update(
        content_type=plain, numchild=Page.objects.filter(path__startswith=home, depth=3).count()
    )
    Page.objects.filter(path=ROOT).update(numchild=Page.objects.filter(depth=2).count())


class Migration(migrations.Migration):
    dependencies = [("portal_pages", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
