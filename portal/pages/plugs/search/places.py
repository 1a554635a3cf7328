"""Service centres and offices, as they are found. An office is one row in two languages, and two documents."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Office
from portal.journal.handlers import Told
from portal.kernel.refs import Ref
from portal.pages.models import CentrePage
from portal.pages.plugs.search.kinds import OFFICE_CHANGED, register_pages
from portal.ui.languages import HTML_CODES
from search.documents import Document
from search.registry import Hit, Kind, register

ENGLISH = "@en"  # ends the key of an office's English document


def _centre(page: CentrePage) -> Iterator[str]:
    yield from (page.summary, page.address, page.transport, page.access, page.phone)


def _offices() -> QuerySet[Office]:
    return Office.objects.filter(is_active=True).order_by("pk")


def _office_documents() -> Iterator[Document]:
    for office in _offices().iterator():
        yield _office(office, "zh-hans")
        if office.name_en:
            yield _office(office, "en")


def _office_keys() -> Iterator[str]:
    for key, name_en in _offices().values_list("pk", "name_en").iterator():
        yield str(key)
        if name_en:
            yield f"{key}{ENGLISH}"


def _office(office: Office, language: str) -> Document:
    with translation.override(language):
        return Document(
            id=f"office:{office.pk}{ENGLISH if language == 'en' else ''}",
            kind="office",
            title=office.local_name,
            keywords=f"{office.code} {office.phone}",
            body="\n".join(filter(None, (office.local_remit, office.local_address, office.local_hours, office.phone))),
            language=HTML_CODES[language],
            office=office.code,
        )


def _one_office(key: str) -> Document | None:
    office = _offices().filter(pk=key.removesuffix(ENGLISH)).first()
    is_english = key.endswith(ENGLISH)
    if office is None or (is_english and not office.name_en):
        return None
    return _office(office, "en" if is_english else "zh-hans")


def _shown_offices(keys: Sequence[str], request: HttpRequest) -> Mapping[str, Hit]:
    offices = {str(one.pk): one for one in _offices().filter(pk__in={key.removesuffix(ENGLISH) for key in keys})}
    found = {key: offices.get(key.removesuffix(ENGLISH)) for key in keys}
    return {key: Hit(one.local_name, reverse("pages:office", args=[one.code])) for key, one in found.items() if one}


def _stale_office(told: Told) -> list[str]:
    key = Ref.parse(told.aggregate).id
    return [key, key + ENGLISH]


def _of_office(page: Any) -> str:
    return page.office.code if page.office else ""


register_pages(
    "centre", CentrePage, body=_centre, office=_of_office, narrow=lambda pages: pages.select_related("office")
)
register(
    Kind(
        name="office",
        label=_("单位"),
        documents=_office_documents,
        keys=_office_keys,
        document=_one_office,
        shown=_shown_offices,
        changed_by=dict.fromkeys(("accounts.office_created", OFFICE_CHANGED), _stale_office),
    )
)
