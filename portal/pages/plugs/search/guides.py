"""Service guides, as they are found."""

from collections.abc import Iterator
from typing import Any

from portal.pages.events import PageChanged
from portal.pages.models import GuidePage
from portal.pages.plugs.search.kinds import prose, register_pages

ROWS = ("bases", "own_questions", "entitlements", "materials", "steps", "answers", "places__centre")


def _keywords(page: GuidePage) -> Iterator[str]:
    yield from (page.plain_name, page.search_description, str(page.topic), page.basic_code, page.result)


def _body(page: GuidePage) -> Iterator[str]:
    yield page.summary
    yield from prose(page.conditions, page.refusals)
    yield from (page.quota, page.limit_note, page.visit_reason, page.appointment, page.proxy)
    yield from (page.fee, page.fee_basis, page.fee_relief, page.delivery)
    yield from (page.delegated_to, page.joint_offices, page.enquiries, page.complaints)
    for answer in page.answers.all():
        yield from (answer.question, answer.answer)
    yield from (question.text for question in page.own_questions.all())
    yield from (entitlement.explanation for entitlement in page.entitlements.all())
    for material in page.materials.all():
        yield from (material.name, material.issuer, material.note)
    for step in page.steps.all():
        yield from (step.name, step.text, step.result)
    for basis in page.bases.all():
        yield from (basis.law, basis.number, basis.text)
    for place in page.places.all():
        yield from (place.centre.title, place.counter, place.note)


def _joined(pages: Any) -> Any:
    return pages.select_related("office", "topic").prefetch_related(*ROWS)


register_pages(
    "guide",
    GuidePage,
    keywords=_keywords,
    body=_body,
    office=lambda page: page.office.code,
    weight=1.1,
    narrow=_joined,
    names={PageChanged.name: "places__centre"},
    answers=True,
)
