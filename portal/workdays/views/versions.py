"""The versions of the calendar: the list, one of them, and the second person's word."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.requests import Request
from portal.kernel import clock as clocks
from portal.kernel.machine import IllegalStep
from portal.kernel.permissions import NotAllowed, can, demand
from portal.workdays.actions.deciding import confirm, reject
from portal.workdays.actions.proposing import withdraw
from portal.workdays.followers import followers
from portal.workdays.forms.reviewing import ConfirmForm, RejectForm
from portal.workdays.labels import STATE_TONE, doubt_text
from portal.workdays.models import CalendarVersion
from portal.workdays.permissions import P
from portal.workdays.queries.versions import drafts, edition_begun_by, notice_of, versions
from portal.workdays.queries.years import days_of_layer, years
from portal.workdays.rules.amending import changes, stretches, whole_year
from portal.workdays.rules.announcements import read_announcement
from portal.workdays.rules.marking import marked
from portal.workdays.rules.notices import Layer, Notice
from portal.workdays.states import VersionState
from portal.workdays.views.frame import frame, list_crumb, preview

PER_PAGE = 50
REFRESH = 10  # seconds between two looks at a count that goes on
STEP_PERMISSION = {"confirm": P.CONFIRM, "reject": P.REJECT, "withdraw": P.WITHDRAW}


@never_cache
@require_safe
def version_list(request: Request) -> HttpResponse:
    """List the versions of every layer and year; what waits for a second person stands above."""
    demand(request.actor, P.SEE_VERSIONS)
    layer = request.GET.get("layer", "")
    layer = layer if layer in set(Layer) else ""
    wanted = request.GET.get("year", "")
    year = int(wanted) if wanted.isdecimal() and len(wanted) == 4 else None
    page = Paginator(versions(layer, year), PER_PAGE).get_page(request.GET.get("p"))
    query = request.GET.copy()
    query.pop("p", None)
    context = {
        "page": page,
        "rows": [(version, STATE_TONE[version.status]) for version in page],
        "drafts": drafts(),
        "layer": layer,
        "year": year,
        "years": reversed(years()),
        "query": query.urlencode(),
        "may_propose": bool(can(request.actor, P.PROPOSE)),
    } | frame(_("工作日历"))
    return render(request, "portal/workdays/admin/list.html", context)


@never_cache
@require_safe
def version_page(request: Request, version_id: int) -> HttpResponse:
    """Show a version: its document, its year, what it changes, how far the open dates have got."""
    version = _version(request, version_id)
    return _show(request, version, {}, 200)


@require_POST
def decide(request: Request, version_id: int, step: str) -> HttpResponse:
    """Confirm, reject or withdraw a draft."""
    version = _version(request, version_id)
    if step not in STEP_PERMISSION:
        raise Http404
    form = {"confirm": ConfirmForm, "reject": RejectForm}.get(step, forms.Form)(request.POST)
    decision = can(request.actor, STEP_PERMISSION[step], version)
    if not decision:
        form.add_error(None, str(decision.reason))
        return _show(request, version, {step: form}, 403)
    if not form.is_valid():
        return _show(request, version, {step: form}, 422)
    try:
        _act(step, form)(version_id, by=request.actor, clock=clocks.installed())
    except IllegalStep:
        form.add_error(None, _("刚才已经有人处理过这份草稿，请看现在的状态。"))
        return _show(request, _version(request, version_id), {step: form}, 409)
    except NotAllowed as refused:
        form.add_error(None, str(refused.reason))
        return _show(request, _version(request, version_id), {step: form}, 403)
    messages.success(request, _DONE[step]())
    return redirect("workdays:version", version_id=version_id)


_DONE: dict[str, Callable[[], str]] = {
    "confirm": lambda: _("已生效，正在重新计算未办结问题的日期。"),
    "reject": lambda: _("已告知登记的人。"),
    "withdraw": lambda: _("草稿已撤回。"),
}


def _act(step: str, form: forms.Form) -> Callable[..., CalendarVersion]:
    if step == "reject":
        reason = form.cleaned_data["reason"]
        return lambda version_id, **who: reject(version_id, reason=reason, **who)
    return confirm if step == "confirm" else withdraw


def _version(request: Request, version_id: int) -> CalendarVersion:
    demand(request.actor, P.SEE_VERSIONS)
    version = versions().filter(pk=version_id).first()
    if version is None:
        raise Http404
    return version


def _show(request: Request, version: CalendarVersion, bound: dict[str, forms.Form], status: int) -> HttpResponse:
    notice = notice_of(version)
    is_draft = version.status == VersionState.DRAFT
    counting = [] if is_draft else _counting(version)
    is_counting = any(one["progress"] is None or not one["progress"].is_over for one in counting)
    is_still = "still" in request.GET
    context = {
        "version": version,
        "tone": STATE_TONE[version.status],
        "is_draft": is_draft,
        "preview": preview(notice, clocks.installed().now() if is_draft else None),
        "counting": counting,
        "is_counting": is_counting,
        "is_still": is_still,
        "refresh": REFRESH,
        "steps": _steps(request, version, bound) if is_draft else [],
        "faulty_form": next(iter(bound.values()), None),
    }
    context |= _text(version, notice) | frame(_title(version), list_crumb())
    response = render(request, "portal/workdays/admin/version.html", context, status=status)
    if is_counting and not is_still:
        response["Refresh"] = str(REFRESH)
    return response


def _steps(request: Request, version: CalendarVersion, bound: dict[str, forms.Form]) -> list[dict[str, Any]]:
    """Return the steps of a draft with their forms; one that is not open says why."""
    made: dict[str, type[forms.Form]] = {"confirm": ConfirmForm, "reject": RejectForm, "withdraw": forms.Form}
    found = []
    for step, permission in STEP_PERMISSION.items():
        decision = can(request.actor, permission, version)
        found.append({"name": step, "form": bound.get(step) or made[step](), "reason": decision.reason})
    return found


def _counting(version: CalendarVersion) -> list[dict[str, Any]]:
    """Return how far everything that counts by the calendar has got with the edition this version began."""
    edition = edition_begun_by(version)
    if edition is None or version.status != VersionState.ACTIVE:
        return []
    return [{"noun": one.noun, "progress": one.progress(edition)} for one in followers()]


def _text(version: CalendarVersion, notice: Notice) -> dict[str, Any]:
    """Return the text with its doubts, and the days on which the proposer saw more in it than the program."""
    if not version.text:
        return {"pieces": (), "remarks": [], "by_hand": ()}
    reading = read_announcement(version.text, year=version.year, amends=notice.amends)
    base = notice_of(version.replaces).days if version.replaces else days_of_layer(version.layer, version.year)
    pieces, remarks = marked(version.text, reading.doubts)
    return {
        "pieces": pieces,
        "remarks": [(remark, doubt_text(remark.doubt)) for remark in remarks],
        "by_hand": stretches(changes(whole_year(reading, base), notice.days)),
    }


def _title(version: CalendarVersion) -> str:
    words = {"layer": version.get_layer_display(), "year": version.year, "number": version.number}
    return _("%(year)d 年%(layer)s第 %(number)d 版") % words
