"""What the public may hold every office to: on a page, as CSV and as JSON, from the same numbers."""

import csv
import io
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.requests import Request
from portal.answers.counting import ENTRIES
from portal.answers.figures import COLUMNS, bars, reason, records, rows, shown
from portal.answers.forms.performance import PerformanceForm
from portal.answers.models import Question
from portal.kernel import clock as clocks
from portal.kernel.workdays import local_date
from portal.ui.caching import public_page

TEN_MINUTES = 600  # seconds; verdicts do not change, only new ones come


@require_safe
@public_page(TEN_MINUTES)
def performance_page(request: Request) -> HttpResponse:
    """Show the figures with a table behind the chart."""
    form = _form(request)
    figures = form.figures()
    together = figures.together
    headline = together.plain
    context: dict[str, Any] = {
        "form": form,
        "months": figures.months,
        "last_month": figures.months[-1],
        "headline_value": "—" if headline.percent is None else f"{headline.percent:g}",
        "headline_unit": "" if headline.percent is None else "%",
        "headline_note": _("%(part)d / %(whole)d 件") % {"part": headline.part, "whole": headline.whole},
        "facts": [(column.label, shown(column.of(together))) for column in COLUMNS[1:]],
        "head": [_("单位"), _("名次"), *(column.label for column in COLUMNS)],
        "monthly_head": [_("月份"), _("7 个工作日内答复")],
        "excluded_head": [_("理由"), _("件数")],
        "rows": [[row.name, row.rank, *row.cells] for row in rows(figures.lines)],
        "bars": bars(figures),
        "monthly": [[f"{month:%Y-%m}", shown(tally.plain)] for month, tally in figures.by_month.items()],
        "excluded": [[reason(one), one.count] for one in figures.excluded],
        "channels_head": [_("来源"), _("件数")],
        "channels": [[Question.Channel(channel).label, count] for channel, count in figures.channels.items()],
        "query": request.GET.urlencode(),
    }
    return render(request, "portal/answers/public/performance.html", context)


@require_safe
@public_page(TEN_MINUTES)
def performance_json(request: Request) -> JsonResponse:
    """Give the same numbers for programs."""
    figures = _form(request).figures()
    data = {
        "months": [f"{month:%Y-%m}" for month in figures.months],
        "offices": records(figures),
        "channels": figures.channels,
        "excluded": [{"kind": one.kind, "reason": one.reason, "count": one.count} for one in figures.excluded],
    }
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})


@require_safe
@public_page(TEN_MINUTES)
def performance_csv(request: Request) -> HttpResponse:
    """Give the same numbers for spreadsheets: UTF-8 with a byte order mark, no cell that a program would run."""
    lines = records(_form(request).figures())
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(lines[0]))
    writer.writeheader()
    writer.writerows({key: _plain(value) for key, value in line.items()} for line in lines)
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="performance.csv"'
    return response


@require_safe
@public_page()
def how_we_count(request: Request) -> HttpResponse:
    """Explain to residents what every number means, what is left out and why."""
    context = {"entries": ENTRIES, "crumbs": [(_("办理情况"), reverse("answers:performance"))]}
    return render(request, "portal/answers/public/how_we_count.html", context)


def _form(request: Request) -> PerformanceForm:
    return PerformanceForm(request.GET, today=local_date(clocks.installed().now()))


def _plain(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
