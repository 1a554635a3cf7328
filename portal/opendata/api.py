"""The read-only JSON interface: per dataset a list and an entry by its id, described by OpenAPI 3.1.

Addresses stay the same in every language; ``language`` chooses which one is answered in. Everything
here is public, the same for everybody, and can be asked for conditionally (ETag).
"""

import hashlib
from collections.abc import Callable
from typing import Any, Literal
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Field, NinjaAPI, Query, Schema
from ninja.errors import HttpError
from pydantic import create_model

from portal.opendata.datasets import Dataset, datasets
from portal.opendata.paging import BadPosition, Position, ordered
from portal.ui.caching import mark_public
from portal.ui.identity import identity
from portal.ui.languages import HTML_CODES

VERSION = "1.0.0"
ABOUT = "政务公开数据，只读。编号不变；按最后修改时间排列，读到末尾后可以从那里接着读。"
DJANGO_CODES = {html: code for code, html in HTML_CODES.items()}


class Licence(Schema):
    """On what terms the data may be used."""

    name: str = Field(description=gettext_noop("许可的名称"))
    url: str = Field(description=gettext_noop("许可的全文"))


class Language(Schema):
    """What an entry understands."""

    language: Literal["zh-Hans", "en"] = Field("zh-Hans", description=gettext_noop("用哪种语言回答"))


class Fault(Schema):
    """Why nothing is answered."""

    detail: str = Field(description="原因")


def _name() -> str:
    return f"{identity().name}开放数据"


def make_api() -> NinjaAPI:
    """Return the interface to every dataset that is registered now."""
    api = NinjaAPI(
        title=lazy(_name, str)(),  # asked when it is shown: the name can be changed
        version=VERSION,
        description=ABOUT,
        urls_namespace="api",
        docs_url=None,
    )
    for dataset in datasets():
        _add(api, dataset)
    return api


def narrowed(dataset: Dataset, rows: Any, chosen: dict[str, Any]) -> Any:
    """Return the rows that fit the chosen parameters; blank ones leave out nothing."""
    wanted = {dataset.filters[name].lookup: chosen[name] for name in dataset.filters if chosen.get(name)}
    if dataset.changed and chosen.get("since"):
        wanted[f"{dataset.changed}__gte"] = chosen["since"]
    return rows.filter(**wanted)


def _add(api: NinjaAPI, dataset: Dataset) -> None:
    page = create_model(
        f"{dataset.name.title()}Page",
        __base__=Schema,
        dataset=(str, Field(description="数据集")),
        licence=(Licence, Field(description="使用许可")),
        next=(str | None, Field(description="下一页的地址；没有就是读完了")),
        items=(list[dataset.item], Field(description="条目")),  # type: ignore[name-defined]
    )

    @api.get(
        f"/{dataset.name}",
        response={200: page, 400: Fault},
        summary=str(dataset.title),
        description=str(dataset.about),
        operation_id=f"list_{dataset.name}",
        url_name=f"{dataset.name}",
        tags=[dataset.name],
    )
    def entries(request: HttpRequest, params: Query[dataset.params]) -> HttpResponse:  # type: ignore[name-defined]
        return _answer(request, params.language, lambda: _page(request, dataset, page, params))

    @api.get(
        f"/{dataset.name}/{{uuid:key}}",
        response={200: dataset.item, 404: Fault},
        summary=f"{dataset.title}：按编号",
        operation_id=f"get_{dataset.name}",
        url_name=f"{dataset.name}_entry",
        tags=[dataset.name],
    )
    def entry(request: HttpRequest, key: UUID, params: Query[Language]) -> HttpResponse:
        return _answer(request, params.language, lambda: _entry(request, dataset, key))


def _page(request: HttpRequest, dataset: Dataset, page: type[Schema], params: Any) -> Schema:
    try:
        after = Position.read(params.after) if params.after else None
        found = narrowed(dataset, dataset.rows(), params.model_dump())
        rows = list(ordered(found, dataset, after)[: params.limit + 1])
    except BadPosition:
        raise HttpError(400, _("after 不是这个列表给出的位置。请从头读起，或者用上一页的 next。")) from None
    more = None
    if len(rows) > params.limit:
        query = request.GET.copy()
        query["after"] = str(Position.of(rows[params.limit - 1], dataset))
        more = f"{settings.BASE_URL}{request.path}?{query.urlencode()}"
    licence = Licence(**settings.OPEN_DATA_LICENCE)
    items = [dataset.make(row, request) for row in rows[: params.limit]]
    return page.model_validate({"dataset": dataset.name, "licence": licence, "next": more, "items": items})


def _entry(request: HttpRequest, dataset: Dataset, key: UUID) -> Schema:
    row = dataset.rows().filter(**{dataset.key: key}).first()
    if row is None:
        raise HttpError(404, _("没有这个编号的条目，或者它不再公开。"))
    return dataset.make(row, request)


def _answer(request: HttpRequest, language: str, make: Callable[[], Schema]) -> HttpResponse:
    """Answer in a language; with 304 whoever has the same already."""
    with translation.override(DJANGO_CODES[language]):
        body = make().model_dump_json(by_alias=True).encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(body, content_type="application/json; charset=utf-8", headers={"ETag": etag})
    response.headers["Content-Language"] = language
    # Anybody's script may read what anybody may read.
    response.headers["Access-Control-Allow-Origin"] = "*"
    return mark_public(request, response)


def schema_address() -> str:
    """Return where OpenAPI's description stands."""
    return reverse("api:openapi-json")
