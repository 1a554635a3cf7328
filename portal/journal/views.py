"""The journal in the Wagtail admin: what happened, whether it still fits, and what could not be done."""

import csv
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.journal import queries
from portal.journal.forms import EventFilterForm
from portal.journal.permissions import P
from portal.journal.relay import revive
from portal.kernel.permissions import can, demand

PER_PAGE = 50

View = Callable[..., HttpResponseBase]


def allowed(permission: P) -> Callable[[View], View]:
    """Ask for a permission before the view; a refusal becomes the house's 403 page."""

    def wrap(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            demand(request.actor, permission)
            return view(request, *args, **kwargs)

        return wrapped

    return wrap


@require_safe
@never_cache
@allowed(P.READ_JOURNAL)
def event_list(request: HttpRequest) -> HttpResponse:
    """List events, newest first, with filters."""
    form = EventFilterForm(request.GET or None)
    page = Paginator(queries.events(form.chosen()), PER_PAGE).get_page(request.GET.get("p"))
    context = {"form": form, "page": page, "query": _query(request)} | _header(_("事件日志"), "history")
    return render(request, "portal/journal/event_list.html", context)


@require_safe
@never_cache
@allowed(P.READ_JOURNAL)
def event_export(request: HttpRequest) -> StreamingHttpResponse:
    """Stream what the filters leave as CSV."""
    found = queries.events(EventFilterForm(request.GET or None).chosen())
    writer = csv.writer(_Echo())
    lines = (writer.writerow(row) for row in queries.as_rows(found))
    return StreamingHttpResponse(
        lines,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="journal.csv"'},
    )


@require_safe
@never_cache
@allowed(P.READ_JOURNAL)
def aggregate(request: HttpRequest, ref: str) -> HttpResponse:
    """Show everything that happened to one matter, and whether its chain is whole."""
    chain = queries.chain(ref)
    if not chain.events:
        raise Http404
    context = {"ref": ref, "chain": chain} | _header(ref, "history", (reverse("journal_events"), _("事件日志")))
    return render(request, "portal/journal/aggregate.html", context)


@require_safe
@never_cache
@allowed(P.READ_JOURNAL)
def dead_letters(request: HttpRequest) -> HttpResponse:
    """List the work that was given up after the last try."""
    handler = request.GET.get("handler", "")
    page = Paginator(queries.dead_runs(handler), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "page": page,
        "handler": handler,
        "handlers": queries.dead_handlers(),
        "may_retry": bool(can(request.actor, P.RETRY)),
    } | _header(_("未完成的后台任务"), "warning")
    return render(request, "portal/journal/dead_letters.html", context)


@require_POST
@allowed(P.RETRY)
def retry(request: HttpRequest) -> HttpResponse:
    """Give one run another set of tries, or all of a handler's, or all."""
    runs = queries.dead_runs(request.POST.get("handler", ""))
    if (run := request.POST.get("run", "")).isdigit():
        runs = runs.filter(pk=run)
    revived = sum(revive(pk) for pk in runs.values_list("pk", flat=True))
    if revived:
        text = ngettext("已重新安排 %(count)d 项任务。", "已重新安排 %(count)d 项任务。", revived)
        messages.success(request, text % {"count": revived})
    else:
        messages.info(request, _("没有需要重试的任务：可能已经有人重试过了。"))
    return redirect("journal_dead_letters")


class _Echo:
    """Lets csv write into the response instead of a file."""

    def write(self, value: str) -> str:
        return value


def _query(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("p", None)
    return query.urlencode()


def _header(title: str, icon: str, *above: tuple[str, str]) -> dict[str, Any]:
    crumbs = [(reverse("wagtailadmin_home"), _("首页")), *above, ("", title)]
    return {
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [{"url": url, "label": label} for url, label in crumbs],
    }
