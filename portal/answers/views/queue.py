"""The staff's queue in the Wagtail admin: filters, rows, bulk dispatch."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.requests import Request
from portal.answers.actions.screening import dispatch_many
from portal.answers.clock_views import clock_views
from portal.answers.forms.desk import BulkDispatchForm, QueueFilterForm
from portal.answers.labels import STAFF_STATE
from portal.answers.permissions import P
from portal.answers.queries.queue import queue
from portal.answers.queries.visibility import desk_of
from portal.answers.states import OPEN
from portal.answers.views.desk import demand_desk
from portal.answers.views.paging import BoundedPaginator
from portal.kernel import clock as clocks
from portal.kernel.permissions import can, demand
from portal.live.queries import position
from portal.workdays.queries import calendar

PAGE_SIZE = 50


@never_cache
@require_GET
def queue_page(request: Request) -> HttpResponse:
    """The queue: nearest promise first, with filters and bulk dispatch."""
    return render(request, "portal/answers/desk/queue.html", _queue_context(request))


@never_cache
@require_GET
def queue_rows(request: Request) -> HttpResponse:
    """The queue's rows alone, fetched again when something has changed."""
    return render(request, "portal/answers/desk/_queue_rows.html", _queue_context(request))


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


def _queue_context(request: Request) -> dict[str, Any]:
    demand_desk(request)
    after = position()  # before anything else is read: what happens meanwhile is told again, not missed
    now = clocks.installed().now()
    days = calendar()
    form = QueueFilterForm(request.GET or None)
    chosen = form.chosen(now, days)
    page = BoundedPaginator(queue(request.actor, chosen, now), PAGE_SIZE).get_page(request.GET.get("p"))
    rows = [
        {
            "question": question,
            "state": STAFF_STATE[question.state],
            "clocks": clock_views(question, now, days, ended=question.state not in OPEN),
            "is_overdue": question.nearest_due is not None and question.nearest_due <= now,
        }
        for question in page
    ]
    query = request.GET.copy()
    query.pop("p", None)
    return {
        "form": form,
        "page": page,
        "rows": rows,
        "query": query.urlencode(),
        "may_dispatch": bool(can(request.actor, P.DISPATCH_MANY)),
        "bulk_form": BulkDispatchForm(ids=[]),
        "live_after": after,
        "live_topics": " ".join(sorted({f"answers.queue:{grant.office_path}" for grant in request.actor.grants})),
        "header_title": _("问题队列"),
        "header_icon": "list-ul",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("首页")},
            {"url": "", "label": _("问题队列")},
        ],
    }


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
