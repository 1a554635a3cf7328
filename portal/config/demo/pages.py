"""The demo's service centres and guides, in both languages: pages with rows, one revision each.

Centres, guides, forms, and what guides say in the same words, are files of the folder `guides`. A page and
its English twin are built side by side from one table, so that neither is copied and saved again.
"""

from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any, NamedTuple
from uuid import uuid4

from django.db import models
from wagtail.models import Locale, Page
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.tasks import update_reference_index_task

from portal.accounts.models import Office
from portal.config.demo.accounts import read
from portal.config.demo.forms import make_forms
from portal.pages.models import (
    CentreHours,
    CentreIndexPage,
    CentrePage,
    GuideAnswer,
    GuideBasis,
    GuideEntitlement,
    GuideIndexPage,
    GuideMaterial,
    GuidePage,
    GuidePlace,
    GuideQuestion,
    GuideStep,
    Topic,
)

# How long ago a guide was verified, in days, where its file does not say ("verified_ago").
VERIFIED_AGO = 40
ENGLISH = "_en"
Data = dict[str, Any]


class Rows(NamedTuple):
    """Rows of one kind. told: a table each, in order; keys with _en are the English twin."""

    accessor: str
    model: type[models.Model]
    told: list[Data]


def make_pages(today: date) -> None:
    """Make topics, forms, centres and guides."""
    told = read("guides")
    for order, topic in enumerate(told["topic"], start=1):
        Topic.objects.create(order=order, **topic)
    offices = {office.code: office for office in Office.objects.all()}
    centres = {data["slug"]: _centre(data, offices) for data in told["centre"]}
    known = _Known(told, offices, {topic.slug: topic for topic in Topic.objects.all()}, centres, make_forms(told))
    for data in told["guide"]:
        _guide(data, known, today)


def _centre(data: Data, offices: dict[str, Office]) -> dict[str, Page]:
    hours = [
        {"day": day, "opens": time.fromisoformat(opens), "closes": time.fromisoformat(closes)}
        for day, opens, closes in data["hours"]
    ]
    own = _without(data, "hours") | {"office": offices[data["office"]]}
    return publish(CentreIndexPage, CentrePage, own, [Rows("hours", CentreHours, hours)])


class _Known(NamedTuple):
    """What a guide's table refers to by name."""

    told: Data
    offices: dict[str, Office]
    topics: dict[str, Topic]
    centres: dict[str, dict[str, Page]]
    forms: dict[str, Data]

    def whole(self, kind: str, row: Data) -> Data:
        """Return a row with what it takes over from the common one that it uses."""
        return (self.told[kind][row["use"]] if "use" in row else {}) | _without(row, "use")

    def material(self, row: Data) -> Data:
        """Return a material with its forms in place of their name."""
        found = self.whole("material", row)
        return _without(found, "form") | (self.forms[found["form"]] if "form" in found else {})

    def place(self, centre: str, counter: str, counter_en: str) -> Data:
        """Return where a guide is handled; each language leads to its own page."""
        pages = self.centres[centre]
        return {"centre": pages["zh-hans"], "centre_en": pages["en"], "counter": counter, "counter_en": counter_en}


def _guide(data: Data, known: _Known, today: date) -> None:
    rows = [
        Rows("bases", GuideBasis, [known.whole("basis", row) for row in data["basis"]]),
        Rows("entitlements", GuideEntitlement, data["entitlement"]),
        Rows("materials", GuideMaterial, [known.material(row) for row in data["material"]]),
        Rows("steps", GuideStep, data["step"]),
        Rows("answers", GuideAnswer, data["answer"]),
        Rows("places", GuidePlace, [known.place(*place) for place in data["places"]]),
        Rows(
            "own_questions",
            GuideQuestion,
            [{"key": key, "text": text, "text_en": english} for key, text, english in data.get("questions", [])],
        ),
    ]
    tables = ("basis", "entitlement", "material", "step", "answer", "places", "questions", "verified_ago")
    own = known.told["guide_default"] | _without(data, *tables)
    own |= {
        "office": known.offices[data["office"]],
        "topic": known.topics[data["topic"]],
        "verified_on": today - timedelta(days=data.get("verified_ago", VERIFIED_AGO)),
    }
    publish(GuideIndexPage, GuidePage, own, rows)


def publish(above: type[Page], model: type[Page], told: Data, rows: Iterable[Rows]) -> dict[str, Page]:
    """Add a page below the index of each language; return the pages by language."""
    key, keyed = uuid4(), [(kind, order, row, uuid4()) for kind in rows for order, row in enumerate(kind.told)]
    made = {}
    for locale in Locale.objects.all():
        page = model(locale=locale, translation_key=key, **_in_language(locale, told))
        for kind, order, row, row_key in keyed:
            words = _in_language(locale, row)
            own = kind.model(locale=locale, translation_key=row_key, sort_order=order, **words)
            getattr(page, kind.accessor).add(own)
        made[locale.language_code] = _add(above.objects.get(locale=locale), page)
    return made


def _add(index: Any, page: Page) -> Page:
    # Every row that is saved would have the references of the whole page counted again: once is enough.
    with disable_reference_index_auto_update():
        index.add_child(instance=page)
        revision = page.save_revision(changed=False, clean=False)
        # What publishing notes, without reading the page back from its revision and saving it a third time.
        Page.objects.filter(pk=page.pk).update(
            live_revision=revision, first_published_at=revision.created_at, last_published_at=revision.created_at
        )
    update_reference_index_task.enqueue(page._meta.app_label, page._meta.model_name, str(page.pk))
    return page


def _in_language(locale: Locale, told: Data) -> Data:
    """Return a table's values in one language."""
    own = {name: value for name, value in told.items() if not name.endswith(ENGLISH)}
    return (
        {name: told.get(name + ENGLISH, value) for name, value in own.items()} if locale.language_code == "en" else own
    )


def _without(data: Data, *names: str) -> Data:
    return {name: value for name, value in data.items() if name not in names}
