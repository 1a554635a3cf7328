"""The staff's queue in the Wagtail admin: filters, rows, bulk dispatch."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.requests import Request
from portal.answers.actions.dispatching import dispatch_many, take_back
from portal.answers.clock_views import clock_views
from portal.answers.forms.desk import BulkDispatchForm, QueueFilterForm, SavedFilterForm
from portal.answers.labels import STAFF_STATE
from portal.answers.models import BulkDispatch
from portal.answers.permissions import P
from portal.answers.queries.counting import COUNTED_TO
from portal.answers.queries.dispatching import just_dispatched
from portal.answers.queries.filters import default_of, filters_of, waiting_in
from portal.answers.queries.queue import queue
from portal.answers.queries.visibility import desk_of
from portal.answers.rules.aftermath import UNDO_DISPATCH_WITHIN
from portal.answers.states import OPEN
from portal.answers.views.desk import demand_desk
from portal.answers.views.paging import BoundedPaginator
from portal.kernel import clock as clocks
from portal.kernel.permissions import can, demand
from portal.live.queries import position
from portal.workdays.queries import calendar

PAGE_SIZE = 50
# Whoever has more in the queue than this filters; a city has hundreds of thousands.
LAST_PAGE = 100


@never_cache
@require_GET
def queue_page(request: Request) -> HttpResponse:
    """The queue: nearest promise first, with filters and bulk dispatch. Without a filter it opens with one's own."""
    demand_desk(request)
    if not request.GET and (start := default_of(request.actor)):
        return redirect(f"{reverse('answers_desk:queue')}?{urlencode(start)}")
    return render(request, "portal/answers/desk/queue.html", queue_context(request, request.GET))


@never_cache
@require_GET
def queue_rows(request: Request) -> HttpResponse:
    """The queue's rows alone, fetched again when something has changed."""
    demand_desk(request)
    return render(request, "portal/answers/desk/_queue_rows.html", _rows(request, request.GET))


@require_POST
def bulk_dispatch(request: Request) -> HttpResponse:
    """Dispatch the ticked questions, each in a transaction of its own; say what was left and why."""
    demand(request.actor, P.DISPATCH_MANY)
    ids = [
        str(pk)
        for pk in desk_of(request.actor)
        .filter(pk__in=_uuids(request.POST.getlist("questions")))
        .values_list("pk", flat=True)
    ]
    form = BulkDispatchForm(request.POST, ids=ids)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect(_back_to_queue(request))
    office = form.cleaned_data["office_id"]
    done, left = dispatch_many(
        [UUID(pk) for pk in form.cleaned_data["questions"]],
        office_id=office.pk if office else None,
        by=request.actor,
        clock=clocks.installed(),
    )
    if done:
        text = ngettext("已分派 %(count)s 个问题。", "已分派 %(count)s 个问题。", len(done))
        messages.success(request, text % {"count": len(done)})
    if left:
        text = ngettext(
            "%(count)s 个问题没有分派：没有指明单位、已被他人处理，或不归您分派。",
            "%(count)s 个问题没有分派：没有指明单位、已被他人处理，或不归您分派。",
            len(left),
        )
        messages.warning(request, text % {"count": len(left)})
    return redirect(_back_to_queue(request))


@require_POST
def undo_dispatch(request: Request, batch_id: UUID) -> HttpResponse:
    """Take a bulk dispatch back, as far as no office has acted; say what was left and why."""
    demand(request.actor, P.DISPATCH_MANY)
    try:
        done, left = take_back(batch_id, by=request.actor, clock=clocks.installed())
    except BulkDispatch.DoesNotExist:
        raise Http404 from None
    if done:
        text = ngettext("已收回 %(count)s 个问题。", "已收回 %(count)s 个问题。", len(done))
        messages.success(request, text % {"count": len(done)})
    if left:
        text = ngettext(
            "%(count)s 个问题没有收回：承办单位已经处理，或已满 10 分钟；可以转办。",
            "%(count)s 个问题没有收回：承办单位已经处理，或已满 10 分钟；可以转办。",
            len(left),
        )
        messages.warning(request, text % {"count": len(left)})
    return redirect(_back_to_queue(request))


def queue_context(request: Request, query: QueryDict, *, saving: SavedFilterForm | None = None) -> dict[str, Any]:
    """Return what the queue shows. query: the filters as an address says them; saving: with what was wrong in it."""
    rows = _rows(request, query)
    return rows | {
        "tabs": _tabs(request, rows["form"].said()),
        "just_dispatched": _just_dispatched(request) if rows["may_dispatch"] else [],
        "saving": saving or SavedFilterForm(),
        "bulk_form": BulkDispatchForm(ids=[]),
        "live_topics": " ".join(sorted({f"answers.queue:{grant.office_path}" for grant in request.actor.grants})),
        "header_title": _("问题队列"),
        "header_icon": "list-ul",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("首页")},
            {"url": "", "label": _("问题队列")},
        ],
    }


def _rows(request: Request, query: QueryDict) -> dict[str, Any]:
    after = position()  # before anything else is read: what happens meanwhile is told again, not missed
    now = clocks.installed().now()
    days = calendar()
    form = QueueFilterForm(query or None)
    found = queue(request.actor, form.chosen(now, days), now)
    page = BoundedPaginator(found, PAGE_SIZE, last_page=LAST_PAGE).get_page(query.get("p"))
    rows = [
        {
            "question": question,
            "state": STAFF_STATE[question.state],
            "clocks": clock_views(question, now, days, ended=question.state not in OPEN),
            "is_overdue": question.nearest_due is not None and question.nearest_due <= now,
        }
        for question in page
    ]
    without_page = query.copy()
    without_page.pop("p", None)
    return {
        "form": form,
        "page": page,
        "rows": rows,
        "query": without_page.urlencode(),
        "may_dispatch": bool(can(request.actor, P.DISPATCH_MANY)),
        "live_after": after,
    }


def _just_dispatched(request: Request) -> list[dict[str, Any]]:
    return [
        {"batch": batch, "count": len(batch.legs), "until": batch.dispatched_at + UNDO_DISPATCH_WITHIN}
        for batch in just_dispatched(request.actor, clocks.installed().now())
    ]


def _tabs(request: Request, said: dict[str, str]) -> list[dict[str, Any]]:
    """Return the person's own views of the queue, "everything open" before them; none where there is no other."""
    filters = list(filters_of(request.actor))
    if not filters:
        return []
    counts = waiting_in(filters, request.actor, clocks.installed().now(), calendar())
    everything = {"name": _("全部未办结"), "query": urlencode({"group": "open"}), "is_current": not said}
    own = [
        {
            "name": saved.name,
            "query": urlencode(saved.chosen or {"group": "open"}),
            "is_current": said == saved.chosen,
            "count": counts.get(saved.pk),
            "has_more": counts.get(saved.pk, 0) >= COUNTED_TO,
        }
        for saved in filters
    ]
    return [everything, *own]


def _uuids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _back_to_queue(request: Request) -> str:
    return f"{reverse('answers_desk:queue')}?{request.POST.get('query', '')}"
