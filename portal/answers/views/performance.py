"""What the public may hold every office to: on a page, as CSV and as JSON, from the same numbers."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.requests import Request
from portal.answers import charts
from portal.answers.figures import (
    COLUMNS,
    EXCLUDED_KEYS,
    PROMISES,
    TABLES,
    VERDICTS,
    excluded_records,
    monthly_records,
    promise_rows,
    reason,
    records,
    shown,
    spread_records,
    verdict_rows,
)
from portal.answers.forms.performance import PerformanceForm
from portal.answers.how_we_count import ENTRIES
from portal.answers.models import Question
from portal.answers.queries.performance import Line
from portal.answers.rules.performance import Tally
from portal.kernel import clock as clocks
from portal.kernel.csv_lines import lines
from portal.kernel.workdays import local_date
from portal.ui.caching import public_page

TEN_MINUTES = 600  # seconds; verdicts do not change, only new ones come


@require_safe
@public_page(TEN_MINUTES)
def performance_page(request: Request) -> HttpResponse:
    """Show the figures: in a sentence, as charts with a table behind each, office by office."""
    form = _form(request)
    figures = form.figures()
    name = _name_cell(request)
    # One office has no others to be compared with; its own numbers are all there.
    alone = bool(form.chosen_office)
    context: dict[str, Any] = {
        "form": form,
        "is_filtered": bool(request.GET),
        "office": form.chosen_office,
        "crumbs": [(_("办理情况"), reverse("answers:performance"))],
        "first_month": figures.months[0],
        "last_month": figures.months[-1],
        "together": figures.together,
        "median": shown(figures.together.median_days),
        "missed": figures.together.plains - figures.together.plains_in_time,
        "headlines": _headlines(figures.together),
        "facts": [(column.label, shown(column.of(figures.together))) for column in COLUMNS],
        "months": charts.months(figures),
        "days": charts.days(figures.together),
        "levels": None if alone or len(figures.by_level) < 2 else charts.levels(figures),
        "verdicts": charts.verdicts(figures.together),
        "promise_head": [_("单位"), PROMISES[0].short, _("名次"), *(column.short for column in PROMISES[1:])],
        "promise_rows": [] if alone else promise_rows(figures.lines, name),
        "verdict_head": [_("单位"), *(column.short for column in VERDICTS)],
        "verdict_rows": [] if alone else verdict_rows(figures.lines, name),
        "excluded_head": [_("理由"), _("件数"), _("复核：可以不计入"), _("复核：不应剔除"), _("待复核")],
        "excluded": [[reason(one), one.count, one.upheld, one.objected, one.waiting] for one in figures.excluded],
        "channels_head": [_("来源"), _("件数")],
        "channels": [[Question.Channel(channel).label, count] for channel, count in figures.channels.items()],
        "downloads": _downloads(request),
        "query": request.GET.urlencode(),
    }
    return render(request, "portal/answers/public/performance.html", context)


@require_safe
@public_page(TEN_MINUTES)
def performance_json(request: Request) -> JsonResponse:
    """Give the same numbers for programs, all tables at once."""
    figures = _form(request).figures()
    data = {
        "months": [f"{month:%Y-%m}" for month in figures.months],
        "offices": records(figures),
        "by_month": monthly_records(figures),
        "days": spread_records(figures),
        "channels": figures.channels,
        "excluded": excluded_records(figures),
    }
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})


@require_safe
@public_page(TEN_MINUTES)
def performance_csv(request: Request) -> HttpResponse:
    """Give the same numbers for spreadsheets: ?table=offices (default), months, days or excluded."""
    name = request.GET.get("table", "")
    name = name if name in TABLES else "offices"
    table = TABLES[name](_form(request).figures())
    response = HttpResponse(_csv(table), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="performance-{name}.csv"'
    return response


@require_safe
@public_page()
def how_we_count(request: Request) -> HttpResponse:
    """Explain to residents what every number means, what is left out and why."""
    context = {"entries": ENTRIES, "crumbs": [(_("办理情况"), reverse("answers:performance"))]}
    return render(request, "portal/answers/public/how_we_count.html", context)


def _form(request: Request) -> PerformanceForm:
    return PerformanceForm(request.GET, today=local_date(clocks.installed().now()))


def _headlines(tally: Tally) -> list[dict[str, str]]:
    """Return the four numbers that stand in front, each with what it is of."""
    shares = (
        (tally.plain, _("7 个工作日内答复，不算延期和暂停")),
        (tally.acceptance, _("24 小时内受理")),
        (tally.satisfaction, _("满意，提问人自己评价")),
        (tally.satisfaction_by_call, _("满意，中心电话回访")),
    )
    return [
        {
            "value": "—" if share.percent is None else f"{share.percent:g}",
            "unit": "" if share.percent is None else "%",
            "label": label,
            "note": _("%(part)d / %(whole)d 件") % {"part": share.part, "whole": share.whole},
        }
        for share, label in shares
    ]


def _name_cell(request: Request) -> Callable[[Line], Any]:
    """Return how an office stands in a table: its name leads to its own numbers, in the same period."""
    query = request.GET.copy()

    def cell(line: Line) -> Any:
        query["office"] = line.office.code
        return format_html('<a href="?{}">{}</a>', query.urlencode(), line.office.local_name)

    return cell


def _downloads(request: Request) -> list[tuple[str, str]]:
    """Return the addresses of the tables as CSV, under the present filter."""
    names = {"offices": _("单位和级别"), "months": _("每个月"), "days": _("答复用时"), "excluded": _("不计入的")}
    query = request.GET.copy()
    found = []
    for table, name in names.items():
        query["table"] = table
        found.append((name, f"{reverse('answers:performance_csv')}?{query.urlencode()}"))
    return found


def _csv(table: list[dict[str, Any]]) -> str:
    heading = list(table[0]) if table else list(EXCLUDED_KEYS)  # the one table that may be empty
    return "".join(lines([heading, *([_cell(row[name]) for name in heading] for row in table)]))


def _cell(value: Any) -> str:
    return "" if value is None else str(value)
