"""The queue as CSV: a page that says what goes along, then the file, sent while it is read."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.accounts.headers import staff_header
from portal.accounts.requests import Request
from portal.answers.actions.limiting import count_try
from portal.answers.actions.queue_export import export_queue
from portal.answers.forms.queue import QueueFilterForm
from portal.answers.forms.queue_export import ExportForm
from portal.answers.permissions import P
from portal.answers.queries.queue_export import COLUMNS, exported, rows
from portal.kernel import clock as clocks
from portal.kernel.csv_lines import lines
from portal.kernel.permissions import can, demand
from portal.workdays.queries import calendar

# Rows that the page counts before it says "more than": the exact number of a whole city's would keep it waiting.
COUNTED = 10_000


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: Request) -> HttpResponseBase:
    """Show what the present filter would export; send it when it is confirmed."""
    demand(request.actor, P.EXPORT_QUEUE)
    form = ExportForm(
        request.POST if request.method == "POST" else None,
        may_personal=bool(can(request.actor, P.EXPORT_PERSONAL)),
    )
    if request.method == "POST" and form.is_valid():
        return _file(request, **form.cleaned_data)
    return _page(request, form)


def _file(request: Request, *, personal: bool, reason: str) -> HttpResponseBase:
    count_try("queue_export", request.actor.id)
    clock = clocks.installed()
    chosen = QueueFilterForm(request.GET or None).chosen(clock.now(), calendar())
    made = export_queue(chosen, personal=personal, reason=reason, by=request.actor, clock=clock)
    table = rows(made.found, request.actor, personal=personal, language=get_language() or "zh-hans")
    return StreamingHttpResponse(
        lines(table),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="queue.csv"', "X-Content-Type-Options": "nosniff"},
    )


def _page(request: Request, form: ExportForm) -> HttpResponse:
    query = request.GET.urlencode()
    now = clocks.installed().now()
    chosen = QueueFilterForm(request.GET or None).chosen(now, calendar())
    context: dict[str, Any] = {
        "form": form,
        "query": query,
        "count": exported(request.actor, chosen, now)[: COUNTED + 1].count(),
        "counted": COUNTED,
        "columns": [name for name, _cell in COLUMNS.values()],
        **staff_header(_("导出 CSV"), "download", (f"{reverse('answers_desk:queue')}?{query}", _("问题队列"))),
    }
    return render(request, "portal/answers/desk/export.html", context, status=422 if form.errors else 200)
