"""Offices as open data."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Length, Substr
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Field, Schema

from portal.accounts.models import Office
from portal.opendata import datasets
from portal.opendata.datasets import Dataset, Filter


class PublicOffice(Schema):
    """An office that serves the public."""

    id: UUID = Field(description=gettext_noop("编号，始终不变"))
    url: str = Field(description=gettext_noop("网页"))
    code: str = Field(description=gettext_noop("代码"))
    name: str = Field(description=gettext_noop("名称"))
    level: str = Field(description=gettext_noop("级别：city、county、township、community"))
    part_of: str | None = Field(description=gettext_noop("上级单位的代码"))
    takes_questions: bool = Field(description=gettext_noop("是否接受提问"))
    phone: str = Field(description=gettext_noop("办公电话"))
    address: str = Field(description=gettext_noop("地址"))


def _offices() -> QuerySet[Any]:
    # treebeard's path: the office above has the same one without the last step.
    above = Substr(OuterRef("path"), 1, Length(OuterRef("path")) - Office.steplen)
    part_of = Subquery(Office.objects.filter(path=above).order_by().values("code")[:1])
    return Office.objects.filter(is_active=True).annotate(part_of=part_of)


def _office(office: Any, request: HttpRequest) -> PublicOffice:
    return PublicOffice(
        id=office.pk,
        url=settings.BASE_URL + reverse("pages:office", args=[office.code]),
        code=office.code,
        name=office.local_name,
        level=office.level,
        part_of=office.part_of,
        takes_questions=office.takes_questions,
        phone=office.phone,
        address=office.address,
    )


datasets.register(
    Dataset(
        name="offices",
        title=_("机构名录"),
        about=_("在用的单位，和各自的上级、电话和地址。"),
        item=PublicOffice,
        rows=_offices,
        make=_office,
        key="id",
        filters={"level": Filter("level", gettext_noop("级别：city、county、township、community"))},
    )
)
