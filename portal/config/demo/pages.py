"""The demo's service centres and guides, in both languages, made as an editor would: pages with rows."""

from datetime import date, time, timedelta
from typing import Any

from wagtail.models import Locale, Page

from portal.accounts.models import Office
from portal.config.demo.accounts import read
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

VERIFIED_BEFORE = timedelta(days=40)
# Rows that a guide's file has as tables of their own: file's word → (accessor, model).
ROWS: dict[str, tuple[str, Any]] = {
    "basis": ("bases", GuideBasis),
    "entitlement": ("entitlements", GuideEntitlement),
    "material": ("materials", GuideMaterial),
    "step": ("steps", GuideStep),
    "answer": ("answers", GuideAnswer),
}
ENGLISH = "_en"


def make_pages(today: date) -> None:
    """Make topics, centres and guides in Chinese, and their English translations."""
    told = read("guides")
    for order, topic in enumerate(told["topic"], start=1):
        Topic.objects.create(order=order, **topic)
    english = Locale.objects.get(language_code="en")
    centres = CentreIndexPage.objects.exclude(locale=english).get()
    guides = GuideIndexPage.objects.exclude(locale=english).get()
    known = {data["slug"]: _centre(data, centres, english) for data in told["centre"]}
    for data in told["guide"]:
        _guide(data, guides, known, english, today)


def _centre(data: dict[str, Any], index: Page, english: Locale) -> dict[str, Any]:
    own = {name: value for name, value in data.items() if name not in {"hours", "office"}}
    page = CentrePage(locale=index.locale, office=Office.objects.get(code=data["office"]), **_chinese(own))
    for day, opens, closes in data["hours"]:
        page.hours.add(
            CentreHours(locale=page.locale, day=day, opens=time.fromisoformat(opens), closes=time.fromisoformat(closes))
        )
    index.add_child(instance=page)
    return {"zh-hans": page, "en": _translated(page, english, own)}


def _guide(data: dict[str, Any], index: Page, centres: dict[str, Any], english: Locale, today: date) -> None:
    own = {name: value for name, value in data.items() if name not in {*ROWS, "places", "questions", "office", "topic"}}
    page = GuidePage(
        locale=index.locale,
        office=Office.objects.get(code=data["office"]),
        topic=Topic.objects.get(slug=data["topic"]),
        verified_on=today - VERIFIED_BEFORE,
        **_chinese(own),
    )
    for word, (accessor, model) in ROWS.items():
        for row in data.get(word, []):
            getattr(page, accessor).add(model(locale=page.locale, **_chinese(row)))
    for centre, counter, _counter in data["places"]:
        page.places.add(GuidePlace(locale=page.locale, centre=centres[centre]["zh-hans"], counter=counter))
    for key, text, _text in data.get("questions", []):
        page.own_questions.add(GuideQuestion(locale=page.locale, key=key, text=text))
    index.add_child(instance=page)

    twin = _translated(page, english, own)
    for word, (accessor, _model) in ROWS.items():
        for row, told in zip(getattr(twin, accessor).all(), data.get(word, []), strict=True):
            _speak_english(row, told)
            row.save()
    for row, (centre, _chinese_counter, counter) in zip(twin.places.all(), data["places"], strict=True):
        row.centre, row.counter = centres[centre]["en"], counter
        row.save()
    for row, (_key, _chinese_text, text) in zip(twin.own_questions.all(), data.get("questions", []), strict=True):
        row.text = text
        row.save()


def _translated(page: Page, english: Locale, data: dict[str, Any]) -> Any:
    twin = page.copy_for_translation(english).specific
    _speak_english(twin, data)
    twin.draft_title = twin.title
    twin.save()
    twin.save_revision(log_action=False).publish(log_action=False)
    return type(page).objects.get(pk=twin.pk)


def _chinese(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if not name.endswith(ENGLISH)}


def _speak_english(thing: Any, data: dict[str, Any]) -> None:
    for name, value in data.items():
        if name.endswith(ENGLISH):
            setattr(thing, name.removesuffix(ENGLISH), value)
