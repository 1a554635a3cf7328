"""A guide as its page, its checklist and its sheet show it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import segno
from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.pages.forms.eligibility import EligibilityForm
from portal.pages.listing import in_language
from portal.pages.models.guide_rows import KINDS, ForWhom, GuideEntitlement, GuideMaterial, GuideQuestion, Unit
from portal.pages.rules.eligibility import Applicant, Condition, Entitlement, Item, Kind, Outcome, checklist, questions
from portal.pages.rules.reviews import review_due

if TYPE_CHECKING:
    from portal.pages.models.guides import GuidePage, GuidePlace

# The addresses below a guide's own.
CHECKLIST, SHEET = "checklist", "sheet"
ASKED = "asked"  # in the address once the helper's form was sent

NEW_RESIDENTS = frozenset({Kind.PERMIT, Kind.PERMIT_DORMANT, Kind.TEMPORARY, Kind.TEMPORARY_DORMANT})
TONES = {Outcome.YES: "success", Outcome.LIMITED: "warning", Outcome.NO: "alert"}
TITLES = {
    Outcome.YES: gettext_lazy("您可以办"),
    Outcome.LIMITED: gettext_lazy("您可以办，但有限制"),
    Outcome.NO: gettext_lazy("按您的情况，现在不能办"),
}


@dataclass(frozen=True)
class Form:
    """A document to download with a material. size: in bytes, None where it was never measured."""

    label: str
    href: str
    kind: str
    size: int | None


@dataclass(frozen=True)
class Material:
    """One line of the list of materials.

    case: who needs it, in words; empty on a list of one's own. is_looked_up: nothing has to be brought.
    """

    name: str
    case: str
    what: str
    source: str
    note: str
    need: str
    forms: tuple[Form, ...]
    is_looked_up: bool


@dataclass(frozen=True)
class Verdict:
    """The helper's answer, in words and with its tone."""

    title: str
    tone: str
    explanation: str
    materials: tuple[Material, ...]
    is_no: bool


def guide_context(guide: "GuidePage", request: HttpRequest, part: str) -> dict[str, Any]:
    """Return the variables of a guide's page, its checklist or its sheet."""
    address = guide.get_url(request)
    places = _in_own_language(guide)
    materials = list(guide.materials.select_related("blank_form", "sample_form"))
    own = list(guide.own_questions.all())
    texts = {question.key: question.text for question in own}
    shown = {
        "materials": [_material(row, case=case_of(row, texts)) for row in materials],
        "places": places,
        "statutory": limit(guide.statutory_limit, guide.statutory_unit),
        "promised": limit(guide.promised_limit, guide.promised_unit),
        "channels": [label for value, label in guide.CHANNELS if value in guide.channels],
        "next_review": review_due(guide.verified_on, guide.review_months),
        "address": address,
        "checklist": f"{address}{CHECKLIST}/",
        "sheet": f"{address}{SHEET}/",
        "full_address": f"{settings.BASE_URL}{address}",
    }
    if part == CHECKLIST:
        entitlements = list(guide.entitlements.all())
        asked = asked_for([*entitlements, *materials], own)
        # A form of radio buttons that was sent without an answer says nothing of itself but this.
        is_sent = ASKED in request.GET or any(name in request.GET for name in asked)
        form = EligibilityForm(request.GET if is_sent else None, asked=asked, own=own)
        is_answered = bool(is_sent or not asked) and form.is_valid()
        verdict = verdict_for(form.applicant, entitlements, materials) if is_answered else None
        return shown | {"form": form, "verdict": verdict}
    if part == SHEET:
        return shown | {"code": qr_code(shown["full_address"])}
    bases, answers = list(guide.bases.all()), list(guide.answers.all())
    return shown | {"structured": government_service(guide, address, places), "bases": bases, "answers": answers}


def asked_for(rows: Iterable[ForWhom], own: Iterable[GuideQuestion]) -> tuple[str, ...]:
    """Return what the helper has to ask for these rows; nothing where everybody gets the same."""
    return questions([row.condition for row in rows], [question.key for question in own])


def verdict_for(
    applicant: Applicant, entitlements: Sequence[GuideEntitlement], rows: Sequence[GuideMaterial]
) -> Verdict:
    """Return what the helper says to one applicant."""
    found = checklist(
        applicant,
        [Entitlement(row.condition, Outcome(row.outcome), row.explanation) for row in entitlements],
        [Item(number, row.condition) for number, row in enumerate(rows)],
    )
    explanation = found.explanation
    if found.outcome is Outcome.NO and not explanation:
        explanation = _("指南里没有适用于您的情况。您可以打电话问清楚，或者在网上提问。")
    return Verdict(
        str(TITLES[found.outcome]),
        TONES[found.outcome],
        explanation,
        tuple(_material(rows[number]) for number in found.items),
        found.outcome is Outcome.NO,
    )


def case_of(row: ForWhom, texts: Mapping[str, str]) -> str:
    """Return for whom a row holds, in words; the empty text where it holds for everybody. texts: questions by key."""
    labels = {str(value): str(label) for value, label in KINDS}
    kinds = _("新居民") if set(row.kinds) == NEW_RESIDENTS else _("；").join(labels[kind] for kind in row.kinds)
    words = [kinds] if kinds else []
    if row.age_from is not None:
        words.append(_("满 %(age)d 周岁") % {"age": row.age_from})
    if row.age_to is not None:
        words.append(_("不超过 %(age)d 周岁") % {"age": row.age_to})
    if row.has:
        words.append(_("“%(question)s”答“是”") % {"question": texts.get(row.has, row.has)})
    if row.lacks:
        words.append(_("“%(question)s”答“否”") % {"question": texts.get(row.lacks, row.lacks)})
    return _("；").join(words)


def limit(value: int | None, unit: str) -> str:
    """Return a time limit in words; the empty text where there is none."""
    if unit == Unit.AT_ONCE:
        return _("当场办结")
    if value is None:
        return ""
    words = {
        Unit.WORKING_DAY: ngettext("%(count)d 个工作日", "%(count)d 个工作日", value),
        Unit.DAY: ngettext("%(count)d 天", "%(count)d 天", value),
        Unit.HOUR: ngettext("%(count)d 小时", "%(count)d 小时", value),
    }
    return words[Unit(unit)] % {"count": value}


def qr_code(text: str) -> SafeString:
    """Return a QR code as inline SVG, black on nothing, scaled by the style sheet."""
    return mark_safe(segno.make(text, micro=False).svg_inline(border=0, omitsize=True))  # noqa: S308 — made of squares only


def government_service(guide: "GuidePage", address: str, places: "list[GuidePlace]") -> dict[str, Any]:
    """Return the guide as schema.org GovernmentService, for search engines."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": guide.title,
        "url": f"{settings.BASE_URL}{address}",
        "description": guide.description,
        "serviceOperator": {"@type": "GovernmentOrganization", "name": str(guide.office)},
        "audience": {"@type": "Audience", "audienceType": guide.get_audience_display()},
        "availableChannel": [
            {
                "@type": "ServiceChannel",
                "serviceLocation": {
                    "@type": "GovernmentOffice",
                    "name": place.centre.title,
                    "address": place.centre.address,
                    "telephone": place.centre.phone,
                },
            }
            for place in places
        ],
        "dateModified": guide.verified_on.isoformat(),
    }
    if guide.plain_name:
        data["alternateName"] = guide.plain_name
    if guide.online_address:
        data["availableChannel"].append({"@type": "ServiceChannel", "serviceUrl": guide.online_address})
    return data


def _material(row: GuideMaterial, *, case: str = "") -> Material:
    counted = []
    if row.originals:
        counted.append(ngettext("原件 %(count)d 份", "原件 %(count)d 份", row.originals) % {"count": row.originals})
    if row.copies:
        counted.append(ngettext("复印件 %(count)d 份", "复印件 %(count)d 份", row.copies) % {"count": row.copies})
    kinds = [word for is_so, word in ((row.on_paper, _("纸质")), (row.electronic, _("电子"))) if is_so]
    source = " · ".join(str(word) for word in (row.get_source_display(), row.issuer) if word)
    forms = [
        Form(label, form.url, form.file_extension.upper(), form.file_size)
        for label, form in ((_("空表"), row.blank_form), (_("样表"), row.sample_form))
        if form
    ]
    is_looked_up = row.source == GuideMaterial.Source.SHARED
    # On a list of one's own the case is one's own; in the list of all it is told in words.
    is_said = row.need == GuideMaterial.Need.CONDITIONAL and row.condition != Condition()
    need = "" if is_said or row.need == GuideMaterial.Need.REQUIRED else str(row.get_need_display())
    return Material(
        row.name, case, _("，").join([*counted, "/".join(kinds)]), source, row.note, need, tuple(forms), is_looked_up
    )


def _in_own_language(guide: "GuidePage") -> "list[GuidePlace]":
    """Return the places with their centres in the guide's language where they have it: a translation keeps the source's."""
    places = list(guide.places.select_related("centre"))
    centres = in_language([place.centre for place in places], guide.locale_id)
    for place in places:
        place.centre = centres.get(place.centre.translation_key, place.centre)
    return places
