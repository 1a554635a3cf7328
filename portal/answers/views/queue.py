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

from portal.accounts.headers import staff_header
from portal.accounts.requests import Request
from portal.answers.actions.dispatching import dispatch_many, take_back
from portal.answers.clock_views import desk_views
from portal.answers.forms.filters import SavedFilterForm
from portal.answers.forms.queue import BulkDispatchForm, QueueFilterForm
from portal.answers.labels import STAFF_STATE, TURN
from portal.answers.models import BulkDispatch, Question
from portal.answers.permissions import P
from portal.answers.queries.dispatching import just_dispatched
from portal.answers.queries.filters import counted_views, default_of, filters_of
from portal.answers.queries.list_counts import COUNTED_TO
from portal.answers.queries.missed import is_missed
from portal.answers.queries.queue import Reach, queue
from portal.answers.queries.visibility import desk_of
from portal.answers.rules.aftermath import UNDO_DISPATCH_WITHIN
from portal.answers.states import UNSORTED
from portal.answers.views.ids import uuids
from portal.answers.views.paging import BoundedPaginator
from portal.kernel import clock as clocks
from portal.kernel.actors import Actor
from portal.kernel.permissions import Reason, can, demand
from portal.live.queries import position
from portal.workdays.queries import calendar

PAGE_SIZE = 50
# Whoever has more in the queue than this filters; a city has hundreds of thousands.
LAST_PAGE = 100


@never_cache
@require_GET
def queue_page(request: Request) -> HttpResponse:
    """The queue: nearest promise first, with filters and bulk dispatch. Without a filter it opens with one's own."""
    demand(request.actor, P.SEE_DESK)
    if not request.GET and (start := default_of(request.actor)):
        return redirect(f"{reverse('answers_desk:queue')}?{urlencode(start)}")
    return render(request, "portal/answers/desk/queue.html", queue_context(request, request.GET))


@never_cache
@require_GET
def queue_rows(request: Request) -> HttpResponse:
    """The queue's rows alone, fetched again when something has changed."""
    demand(request.actor, P.SEE_DESK)
    return render(request, "portal/answers/desk/_queue_rows.html", _rows(request, request.GET, Reach.of(request.actor)))


@require_POST
def bulk_dispatch(request: Request) -> HttpResponse:
    """Dispatch the ticked questions, each in a transaction of its own; say what was left and why."""
    demand(request.actor, P.DISPATCH_MANY)
    ids = [
        str(pk)
        for pk in desk_of(request.actor)
        .filter(pk__in=uuids(request.POST.getlist("questions")))
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
    for reason, numbers in _left_by_reason(left).items():
        said = {"count": len(numbers), "numbers": _("、").join(numbers), "reason": reason}
        text = ngettext(
            "%(count)s 个问题没有分派（%(numbers)s）：%(reason)s",
            "%(count)s 个问题没有分派（%(numbers)s）：%(reason)s",
            len(numbers),
        )
        messages.warning(request, text % said)
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
    reach = Reach.of(request.actor)
    rows = _rows(request, query, reach)
    return rows | {
        "tabs": _tabs(request, rows["form"].said(), reach),
        "just_dispatched": _just_dispatched(request) if rows["may_dispatch"] else [],
        "saving": saving or SavedFilterForm(),
        "bulk_form": BulkDispatchForm(ids=[]),
        "live_topics": " ".join(sorted({f"answers.queue:{grant.office_path}" for grant in request.actor.grants})),
        **staff_header(_("问题队列"), "list-ul"),
    }


def _rows(request: Request, query: QueryDict, reach: Reach) -> dict[str, Any]:
    after = position()  # before anything else is read: what happens meanwhile is told again, not missed
    now = clocks.installed().now()
    days = calendar()
    form = QueueFilterForm(query or None, turns=reach.turns)
    found = queue(request.actor, form.chosen(now, days), now, reach)
    may_dispatch = bool(can(request.actor, P.DISPATCH_MANY))
    if may_dispatch:
        found = found.prefetch_related("centre")
    page = BoundedPaginator(found, PAGE_SIZE, last_page=LAST_PAGE).get_page(query.get("p"))
    rows = [
        {
            "question": question,
            "state": STAFF_STATE[question.state],
            "clocks": desk_views(question, now, days),
            "is_overdue": is_missed(question, now),
            "may_tick": may_dispatch and _goes_with_others(request.actor, question),
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
        "may_dispatch": may_dispatch,
        "may_tick": any(row["may_tick"] for row in rows),
        "live_after": after,
    }


def _goes_with_others(actor: Actor, question: Question) -> bool:
    """Tell whether a question can be dispatched together with others: what is confidential is cleared one by one."""
    return question.state in UNSORTED and not question.confidential and bool(can(actor, P.DISPATCH, question))


def _just_dispatched(request: Request) -> list[dict[str, Any]]:
    return [
        {"batch": batch, "count": len(batch.legs), "until": batch.dispatched_at + UNDO_DISPATCH_WITHIN}
        for batch in just_dispatched(request.actor, clocks.installed().now())
    ]


def _tabs(request: Request, said: dict[str, str], reach: Reach) -> list[dict[str, Any]]:
    """Return "everything open", what waits for the person, and the person's own views, each with how much is there."""
    now, days = clocks.installed().now(), calendar()
    filters = list(filters_of(request.actor))
    views = {kind: {"turn": kind} for kind in reach.turns} | {saved.pk: saved.chosen for saved in filters}
    names: dict[Any, Any] = {kind: TURN[kind] for kind in reach.turns} | {saved.pk: saved.name for saved in filters}
    counts = counted_views(request.actor, views, reach, now, days)
    tabs = [
        {
            "name": names[key],
            "query": urlencode(chosen or {"group": "open"}),
            # Whoever filters further within a turn is still there.
            "is_current": said == chosen or (key in reach.turns and said.get("turn") == key),
            "count": counts.get(key),
            "has_more": counts.get(key, 0) >= COUNTED_TO,
        }
        for key, chosen in views.items()
    ]
    return [{"name": _("全部未办结"), "query": "group=open", "is_current": not said}, *tabs]


def _left_by_reason(left: list[tuple[UUID, Reason]]) -> dict[str, list[str]]:
    """Return the numbers of what was not dispatched, by why."""
    numbers = dict(Question.objects.filter(pk__in=[pk for pk, _why in left]).values_list("pk", "number"))
    found: dict[str, list[str]] = {}
    for pk, why in left:
        found.setdefault(str(why), []).append(numbers[pk])
    return found


def _back_to_queue(request: Request) -> str:
    return f"{reverse('answers_desk:queue')}?{request.POST.get('query', '')}"
