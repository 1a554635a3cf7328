"""Columns: pages that are lists of others, and how long each may rest."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max, Value
from django.db.models.functions import Coalesce
from wagtail.models import Page

from portal.kernel.workdays import local_date
from portal.pages.models import ListPage
from portal.pages.rules.content_checks import Column

# Source: 国办秘函〔2019〕19号, "栏目不更新": news within two weeks, notices and policies within six months. Guides and
# centres are not news: whether they still hold is asked by their own date of verification.
IDLE = {
    "newsindexpage": timedelta(days=14),
    "noticeindexpage": timedelta(days=183),
    "policyindexpage": timedelta(days=183),
    "interpretationindexpage": timedelta(days=183),
}

# A page that is live and has never been published by anybody, as the first ones of a new site.
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def column_of(page: Page) -> Column | None:
    """Return what is known of the pages below, where the page is a column. One query."""
    if not isinstance(page, ListPage) or not page.pk:
        return None
    newest = Max(Coalesce("last_published_at", "latest_revision_created_at", Value(EPOCH)))
    latest = Page.objects.child_of(page).live().aggregate(latest=newest)["latest"]
    return column(type(page), local_date(latest) if latest else None)


def column(model: type[Any], latest: date | None) -> Column:
    """Return a column of a type. latest: day of its newest page, None where there is none."""
    return Column(latest, IDLE.get(model._meta.model_name))


def is_source(page: Page) -> bool:
    """Tell whether the page is written in the site's own language, so that others are translated from it."""
    return bool(page.locale.language_code == settings.LANGUAGE_CODE)
