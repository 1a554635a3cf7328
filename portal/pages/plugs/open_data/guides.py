"""Service guides as open data."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Field, Schema
from wagtail.rich_text import get_text_for_indexing

from portal.opendata import datasets
from portal.opendata.datasets import Dataset, Filter
from portal.pages.listing import written
from portal.pages.models import GuidePage
from portal.pages.plugs.open_data.fields import Named
from portal.pages.presenting.guides import limit
from portal.ui.languages import html_code


class Material(Schema):
    """Something to bring."""

    name: str
    need: str
    originals: int
    copies: int
    issuer: str


class Place(Schema):
    """Where it is handled."""

    centre: str
    address: str
    counter: str


class Guide(Schema):
    """A service guide."""

    id: UUID = Field(description=gettext_noop("编号，始终不变，各种语言相同"))
    url: str = Field(description=gettext_noop("网页"))
    language: str = Field(description=gettext_noop("语言"))
    title: str = Field(description=gettext_noop("事项名称"))
    plain_name: str = Field(description=gettext_noop("日常用语"))
    summary: str = Field(description=gettext_noop("摘要"))
    kind: str = Field(description=gettext_noop("事项类型"))
    basic_code: str = Field(description=gettext_noop("基本编码"))
    audience: str = Field(description=gettext_noop("服务对象"))
    topic: Named = Field(description=gettext_noop("主题"))
    office: Named = Field(description=gettext_noop("实施单位"))
    conditions: str = Field(description=gettext_noop("受理条件"))
    materials: list[Material] = Field(description=gettext_noop("申请材料"))
    statutory_limit: str = Field(description=gettext_noop("法定办结时限"))
    promised_limit: str = Field(description=gettext_noop("承诺办结时限"))
    fee: str = Field(description=gettext_noop("收费标准；空白就是不收费"))
    visits: int = Field(description=gettext_noop("到办事现场次数"))
    online_depth: str = Field(description=gettext_noop("网办深度"))
    online_address: str = Field(description=gettext_noop("网上办理地址"))
    places: list[Place] = Field(description=gettext_noop("办理地点"))
    enquiries: str = Field(description=gettext_noop("咨询电话"))
    complaints: str = Field(description=gettext_noop("投诉电话"))
    verified_on: date = Field(description=gettext_noop("最近核对日期"))
    changed_at: datetime | None = Field(description=gettext_noop("最后修改时间"))


def _guides() -> QuerySet[Any]:
    found: QuerySet[Any] = written(GuidePage).select_related("office", "topic", "locale")
    return found.prefetch_related("materials", "places__centre")


def _guide(page: GuidePage, request: HttpRequest) -> Guide:
    return Guide(
        id=page.translation_key,
        url=settings.BASE_URL + str(page.get_url(request)),
        language=html_code(),
        title=page.title,
        plain_name=page.plain_name,
        summary=page.summary,
        kind=str(page.get_kind_display()),
        basic_code=page.basic_code,
        audience=str(page.get_audience_display()),
        topic=Named(code=page.topic.slug, name=str(page.topic)),
        office=Named(code=page.office.code, name=page.office.local_name),
        conditions=get_text_for_indexing(page.conditions),
        materials=[
            Material(
                name=row.name,
                need=str(row.get_need_display()),
                originals=row.originals,
                copies=row.copies,
                issuer=row.issuer,
            )
            for row in page.materials.all()
        ],
        statutory_limit=limit(page.statutory_limit, page.statutory_unit),
        promised_limit=limit(page.promised_limit, page.promised_unit),
        fee=page.fee,
        visits=page.visits,
        online_depth=str(page.get_online_depth_display()),
        online_address=page.online_address,
        places=list(_places(page.places.all())),
        enquiries=page.enquiries,
        complaints=page.complaints,
        verified_on=page.verified_on,
        changed_at=page.last_published_at,
    )


def _places(rows: Iterable[Any]) -> Iterable[Place]:
    for row in rows:
        yield Place(centre=row.centre.title, address=row.centre.address, counter=row.counter)


datasets.register(
    Dataset(
        name="guides",
        title=_("办事指南"),
        about=_("每项服务的条件、材料、时限、费用和办理地点。"),
        item=Guide,
        rows=_guides,
        make=_guide,
        key="translation_key",
        changed="last_published_at",
        filters={
            "topic": Filter("topic__slug", gettext_noop("主题的代码")),
            "office": Filter("office__code", gettext_noop("单位的代码")),
            "audience": Filter("audience", gettext_noop("服务对象：person、organization、both")),
        },
    )
)
