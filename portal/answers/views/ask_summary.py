"""What the check page shows: every answer of the journey, with the page on which it can be changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.answers.forms.journey import CHECK, FILES, Journey
from portal.answers.views.ask_contact import shown_contact
from portal.answers.views.onward import BACK, address
from portal.files.models import Upload
from portal.files.queries import of_draft
from portal.files.rules.drafts import draft_key


@dataclass(frozen=True)
class Row:
    """One answer. files: the attachments, where these are the answer."""

    key: str
    value: str
    href: str
    files: tuple[Upload, ...] = ()


def summary(journey: Journey) -> list[Row]:
    """Return the answers of a journey that lacks nothing."""
    return list(_rows(journey))


def _rows(journey: Journey) -> Iterator[Row]:
    def row(key: str, value: Any, page: str, **more: Any) -> Row:
        return Row(key, str(value), f"{address(journey, page)}?{BACK}={CHECK}", **more)

    typed = journey.typed
    office = journey.chosen_office
    uploads = tuple(of_draft(draft_key(str(journey.draft.pk))))
    yield row(_("主题"), journey.form("topic").cleaned_data["topic"], "topic")
    yield row(_("单位"), office or _("不知道，请受理中心转给负责的单位"), "office")
    yield row(_("标题"), typed["title"], "question")
    yield row(_("内容"), typed["text"], "question")
    yield row(_("地点"), typed.get("place") or _("没有填写"), "place")
    yield row(_("附件"), _("没有附件"), FILES, files=uploads)
    if "contact" in journey.pages:
        yield row(_("称呼"), typed["nickname"] or _("没有填写"), "contact")
        yield row(_("联系方式"), shown_contact(journey.contact) or _("没有填写"), "contact")
    yield row(_("是否公开"), _choice(typed), "consent")


def _choice(typed: dict[str, Any]) -> str:
    if typed["confidential"]:
        return _("保密：也不让承办单位知道我是谁")
    return _("同意公开") if typed["consents"] else _("不公开")
