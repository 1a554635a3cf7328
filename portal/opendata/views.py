"""The page of open data, a page per dataset, and the CSV files."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from pydantic import TypeAdapter, ValidationError
from pydantic.json_schema import JsonSchemaValue

from portal.kernel.csv_lines import lines
from portal.opendata import datasets as registry
from portal.opendata.api import narrowed, schema_address
from portal.opendata.datasets import Dataset
from portal.opendata.tables import table
from portal.ui.caching import public_page
from portal.ui.languages import html_code


@dataclass(frozen=True)
class Described:
    """A field of an entry, or a parameter of a list, for a reader. kind: as JSON writes it."""

    name: str
    kind: str
    text: str


@require_safe
@public_page()
def listing(request: HttpRequest) -> HttpResponse:
    """List what can be taken along, how, and on what terms."""
    context = {
        "datasets": registry.datasets(),
        "files": [(file, reverse(file.url_name)) for file in registry.other_files()],
        "licence": settings.OPEN_DATA_LICENCE,
        "schema": schema_address(),
    }
    return render(request, "portal/opendata/list.html", context)


@require_safe
@public_page()
def about(request: HttpRequest, name: str) -> HttpResponse:
    """Describe one dataset: fields, parameters, addresses."""
    dataset = _dataset(name)
    context = {
        "dataset": dataset,
        "field_head": [_("名称"), _("意思"), _("类型")],
        "param_head": [_("参数"), _("意思"), _("类型")],
        "fields": list(_described(dataset.item)),
        "params": list(_described(dataset.params)),
        "address": f"{settings.BASE_URL}{reverse(f'api:{name}')}",
        "language": html_code(),
        "licence": settings.OPEN_DATA_LICENCE,
        "crumbs": [(_("开放数据"), reverse("opendata:list"))],
    }
    return render(request, "portal/opendata/dataset.html", context)


@require_safe
def csv_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send a dataset as CSV in the language of the address, narrowed by the parameters of its list."""
    dataset = _dataset(name)
    known = {key: request.GET[key] for key in (*dataset.filters, "since") if request.GET.get(key)}
    try:
        chosen: dict[str, Any] = TypeAdapter(dataset.params).validate_python(known).model_dump()
    except ValidationError as wrong:
        told = [{"field": ".".join(map(str, error["loc"])), "detail": error["msg"]} for error in wrong.errors()]
        return JsonResponse({"detail": told}, status=400)
    code = translation.get_language() or settings.LANGUAGE_CODE
    rows = table(dataset, narrowed(dataset, dataset.rows(), chosen), request)
    return StreamingHttpResponse(
        lines(_in_language(code, rows)),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}-{html_code()}.csv"',
            "X-Content-Type-Options": "nosniff",
        },
    )


def _in_language(code: str, rows: Iterator[list[str]]) -> Iterator[list[str]]:
    # The file is sent when the request's own language is forgotten already.
    while True:
        with translation.override(code):
            row = next(rows, None)
        if row is None:
            return
        yield row


def _dataset(name: str) -> Dataset:
    try:
        return registry.dataset(name)
    except KeyError:
        raise Http404 from None


def _described(schema: Any) -> Iterator[Described]:
    told = schema.model_json_schema()
    for name, field in told["properties"].items():
        yield Described(name, _kind(field, told.get("$defs", {})), translation.gettext(field.get("description", "")))


def _kind(field: JsonSchemaValue, known: dict[str, Any]) -> str:
    """Return a field's type in JSON's words, such as ``string (date-time)`` or ``array of object {name, url}``."""
    if "anyOf" in field:
        return " | ".join(_kind(one, known) for one in field["anyOf"])
    if "$ref" in field:
        inner = known[field["$ref"].rpartition("/")[2]]
        return f"object {{{', '.join(inner.get('properties', {}))}}}" if "properties" in inner else inner["type"]
    if field.get("type") == "array":
        return f"array of {_kind(field['items'], known)}"
    if "enum" in field:
        return " | ".join(map(str, field["enum"]))
    return f"{field['type']} ({field['format']})" if "format" in field else str(field.get("type", ""))
