"""News, notices and policies as open data."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Field, Schema

from portal.opendata import datasets
from portal.opendata.datasets import Dataset, Filter
from portal.pages.listing import written
from portal.pages.models import NewsPage, NoticePage, PolicyPage
from portal.pages.models.articles import Article
from portal.pages.plugs.open_data.fields import Named
from portal.ui.languages import html_code


class Told(Schema):
    """What every article has."""

    id: UUID = Field(description=gettext_noop("编号，始终不变，各种语言相同"))
    url: str = Field(description=gettext_noop("网页"))
    language: str = Field(description=gettext_noop("语言"))
    title: str = Field(description=gettext_noop("标题"))
    summary: str = Field(description=gettext_noop("摘要"))
    text: str = Field(description=gettext_noop("正文，不带格式"))
    published_on: date = Field(description=gettext_noop("发布日期"))
    source: str = Field(description=gettext_noop("来源；空白就是网站的主办单位"))
    topics: list[Named] = Field(description=gettext_noop("主题"))
    changed_at: datetime | None = Field(description=gettext_noop("最后修改时间"))


class News(Told):
    """A piece of news."""

    author: str = Field(description=gettext_noop("作者或责任编辑"))


class Notice(Told):
    """A public notice with its period."""

    kind: str = Field(description=gettext_noop("类别"))
    number: str = Field(description=gettext_noop("文号"))
    office: Named = Field(description=gettext_noop("发布单位"))
    starts_on: date | None = Field(description=gettext_noop("起算日，当天不计入"))
    period_length: int | None = Field(description=gettext_noop("期限有多长"))
    period_unit: str = Field(description=gettext_noop("期限的单位：working_day、day"))
    ends_at: datetime | None = Field(description=gettext_noop("期满的时刻，不含这一刻"))
    ends_expected: bool = Field(description=gettext_noop("期满的时刻是否只是预计"))
    outcome: str = Field(description=gettext_noop("结果"))
    outcome_on: date | None = Field(description=gettext_noop("结果公布日期"))


class Policy(Told):
    """A policy document with its validity."""

    number: str = Field(description=gettext_noop("文号"))
    office: Named = Field(description=gettext_noop("发文机关"))
    issued_on: date = Field(description=gettext_noop("成文日期"))
    in_force_on: date = Field(description=gettext_noop("施行日期"))
    expires_on: date | None = Field(description=gettext_noop("最后有效的一天"))
    repealed_on: date | None = Field(description=gettext_noop("从这一天起不再有效"))
    replaces: UUID | None = Field(description=gettext_noop("取代的文件的编号"))


def _rows(model: type[Article], *joined: str) -> Any:
    def rows() -> QuerySet[Any]:
        found: QuerySet[Any] = written(model).select_related("locale", *joined)
        return found.prefetch_related("topics")

    return rows


def _told(page: Article, request: HttpRequest) -> dict[str, Any]:
    return {
        "id": page.translation_key,
        "url": settings.BASE_URL + str(page.get_url(request)),
        "language": html_code(),
        "title": page.title,
        "summary": page.summary,
        "text": _plain(page),
        "published_on": page.date,
        "source": page.source,
        "topics": [Named(code=topic.slug, name=str(topic)) for topic in page.topics_read],
        "changed_at": page.last_published_at,
    }


def _plain(page: Article) -> str:
    """Return what can be read in the body, a line per piece."""
    return "\n".join(strip_tags(piece) for piece in page.body.stream_block.get_searchable_content(page.body))


def _news(page: NewsPage, request: HttpRequest) -> News:
    return News(**_told(page, request), author=page.author)


def _notice(page: NoticePage, request: HttpRequest) -> Notice:
    return Notice(
        **_told(page, request),
        kind=str(page.get_kind_display()),
        number=page.number,
        office=Named(code=page.office.code, name=page.office.local_name),
        starts_on=page.starts_on,
        period_length=page.period_length,
        period_unit=page.period_unit,
        ends_at=page.ends_at,
        ends_expected=page.ends_expected,
        outcome=strip_tags(page.outcome),
        outcome_on=page.outcome_on,
    )


def _policy(page: PolicyPage, request: HttpRequest) -> Policy:
    return Policy(
        **_told(page, request),
        number=page.number,
        office=Named(code=page.office.code, name=page.office.local_name),
        issued_on=page.issued_on,
        in_force_on=page.in_force_on,
        expires_on=page.expires_on,
        repealed_on=page.repealed_on,
        replaces=page.replaces.translation_key if page.replaces else None,
    )


_TOPIC = Filter("topics__slug", gettext_noop("主题的代码"))
_OFFICE = Filter("office__code", gettext_noop("单位的代码"))


def _register(name: str, title: Any, about: Any, item: type[Schema], rows: Any, make: Any, **filters: Filter) -> None:
    datasets.register(
        Dataset(
            name=name,
            title=title,
            about=about,
            item=item,
            rows=rows,
            make=make,
            key="translation_key",
            changed="last_published_at",
            filters={"topic": _TOPIC} | filters,
        )
    )


_register("news", _("新闻动态"), _("发生了什么。"), News, _rows(NewsPage), _news)
_register(
    "notices",
    _("公示公告"),
    _("公示和公告，带按工作日历数出的期限。"),
    Notice,
    _rows(NoticePage, "office"),
    _notice,
    office=_OFFICE,
    kind=Filter("kind", gettext_noop("类别的代码")),
)
_register(
    "policies",
    _("政策文件"),
    _("文件全文，和从哪天到哪天有效。"),
    Policy,
    _rows(PolicyPage, "office", "replaces"),
    _policy,
    office=_OFFICE,
)
