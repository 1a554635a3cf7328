"""One's own views of the queue: keep the present one, rename, remove, choose which the queue opens with."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.headers import staff_header
from portal.accounts.models import Office
from portal.accounts.requests import Request
from portal.answers.actions.filters import change_filter, keep_filter, remove_filter
from portal.answers.forms.filters import SavedFilterForm
from portal.answers.forms.queue import QueueFilterForm
from portal.answers.models import SavedFilter, Topic
from portal.answers.permissions import P
from portal.answers.queries.filters import filters_of
from portal.answers.views.queue import queue_context
from portal.kernel.permissions import NotAllowed, demand


@never_cache
@require_GET
def filter_list(request: Request) -> HttpResponse:
    """Show one's filters, each with its form."""
    demand(request.actor, P.SEE_DESK)
    return _list(request)


@require_POST
def keep(request: Request) -> HttpResponse:
    """Keep the filters above the queue under a name."""
    demand(request.actor, P.SEE_DESK)
    query = QueryDict(request.POST.get("query", ""))
    form = SavedFilterForm(request.POST)
    if not form.is_valid():
        return render(request, "portal/answers/desk/queue.html", queue_context(request, query, saving=form), status=422)
    typed = form.cleaned_data
    try:
        keep_filter(typed["name"], QueueFilterForm(query).said(), is_default=typed["is_default"], by=request.actor)
    except NotAllowed as refused:
        form.add_error("name", str(refused.reason))
        return render(request, "portal/answers/desk/queue.html", queue_context(request, query, saving=form), status=403)
    messages.success(request, _("已保存筛选“%(name)s”。") % {"name": typed["name"]})
    return redirect(f"{reverse('answers_desk:queue')}?{query.urlencode() or 'group=open'}")


@require_POST
def change(request: Request, filter_id: int) -> HttpResponse:
    """Give a filter another name, or let the queue open with it or not."""
    demand(request.actor, P.SEE_DESK)
    form = SavedFilterForm(request.POST, prefix=f"filter{filter_id}")
    status = 422
    if form.is_valid():
        try:
            change_filter(filter_id, **form.cleaned_data, by=request.actor)
        except SavedFilter.DoesNotExist:
            raise Http404 from None
        except NotAllowed as refused:
            form.add_error("name", str(refused.reason))
            status = 403
        else:
            messages.success(request, _("筛选已更新。"))
            return redirect("answers_desk:filters")
    elif not filters_of(request.actor).filter(pk=filter_id).exists():
        raise Http404
    return _list(request, bound=(filter_id, form), status=status)


@require_POST
def remove(request: Request, filter_id: int) -> HttpResponse:
    """Forget a filter. One that is gone already, by a double click, is no error."""
    demand(request.actor, P.SEE_DESK)
    if SavedFilter.objects.filter(pk=filter_id).exclude(person=UUID(request.actor.id)).exists():
        raise Http404
    remove_filter(filter_id, by=request.actor)
    messages.success(request, _("筛选已删除。"))
    return redirect("answers_desk:filters")


def _list(request: Request, *, bound: tuple[int, SavedFilterForm] | None = None, status: int = 200) -> HttpResponse:
    filters = list(filters_of(request.actor))
    wrong = dict([bound]) if bound else {}
    context = {
        "rows": [
            {"saved": saved, "words": words, "form": wrong.get(saved.pk) or _form_of(saved)}
            for saved, words in zip(filters, _in_words(filters), strict=True)
        ],
        **staff_header(_("我的筛选"), "list-ul", (reverse("answers_desk:queue"), _("问题队列"))),
    }
    return render(request, "portal/answers/desk/filters.html", context, status=status)


def _form_of(saved: SavedFilter) -> SavedFilterForm:
    return SavedFilterForm(initial={"name": saved.name, "is_default": saved.is_default}, prefix=f"filter{saved.pk}")


def _in_words(filters: list[SavedFilter]) -> list[list[tuple[Any, str]]]:
    """Return what each filter says, as pairs of field and value. Two queries, however many filters."""
    form = QueueFilterForm()
    offices = Office.objects.in_bulk({saved.chosen["office"] for saved in filters if "office" in saved.chosen})
    topics = Topic.objects.in_bulk({saved.chosen["topic"] for saved in filters if "topic" in saved.chosen})
    names = {"office": {str(pk): str(office) for pk, office in offices.items()}}
    names["topic"] = {str(pk): str(topic) for pk, topic in topics.items()}
    for field in ("turn", "group", "scope", "late"):
        names[field] = {str(value): str(label) for value, label in form.fields[field].choices}
    names["overdue"] = {"on": _("是")}
    return [
        [(form.fields[field].label, names.get(field, {}).get(word, word)) for field, word in saved.chosen.items()]
        for saved in filters
    ]
