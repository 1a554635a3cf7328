"""What a page of each type must have.

Elements of a guide: GB/T 36114-2018 and the inspection indicators (国办秘函〔2019〕19号): basis, conditions,
materials, procedure, limit, place, hours of enquiry, complaints. What the form itself demands is not listed.
"""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.pages.models import CentrePage, GuidePage, NoticePage
from portal.pages.models.guide_rows import Unit


def _has_limit(guide: GuidePage) -> bool:
    return any(
        limit is not None or unit == Unit.AT_ONCE
        for limit, unit in (
            (guide.statutory_limit, guide.statutory_unit),
            (guide.promised_limit, guide.promised_unit),
        )
    )


ELEMENTS: dict[type[Page], list[tuple[Any, Callable[[Any], bool]]]] = {
    GuidePage: [
        (_("摘要"), lambda guide: bool(guide.summary)),
        (_("设定依据"), lambda guide: bool(guide.bases.all())),
        (_("申请材料"), lambda guide: bool(guide.materials.all())),
        (_("办理流程"), lambda guide: bool(guide.steps.all())),
        (_("办结时限"), _has_limit),
        (_("办理形式"), lambda guide: bool(guide.channels)),
        (_("办理地点或网上办理地址"), lambda guide: bool(guide.places.all()) or bool(guide.online_address)),
        (_("办理结果"), lambda guide: bool(guide.result)),
    ],
    # Within its period people must be able to read what is announced, and to say what they think of it.
    NoticePage: [
        (_("正文"), lambda notice: notice.period is None or bool(notice.body)),
        (_("怎样提意见"), lambda notice: notice.period is None or bool(notice.how_to_object)),
        (_("联系电话"), lambda notice: notice.period is None or bool(notice.phone or notice.address)),
        (_("期限的依据"), lambda notice: notice.period is None or bool(notice.period_basis)),
    ],
    CentrePage: [(_("开放时间"), lambda centre: bool(centre.hours.all()))],
}


def missing_elements(page: Page) -> tuple[Any, ...]:
    """Return what editors call the elements that this page lacks."""
    return tuple(label for label, is_there in ELEMENTS.get(type(page), []) if not is_there(page))
