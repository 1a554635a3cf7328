"""Propose a version: paste a notice or enter local days, look at the year, correct it, save it as a draft."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.requests import Request
from portal.kernel import clock as clocks
from portal.kernel.permissions import demand
from portal.workdays.actions.proposing import propose
from portal.workdays.forms.reading import LocalForm, PasteForm
from portal.workdays.forms.reviewing import PREFIX, DayFormSet, ReviewForm, as_typed, notice_from, with_more_rows
from portal.workdays.labels import doubt_text, refusal_text
from portal.workdays.permissions import P
from portal.workdays.queries.years import days_of_layer, years
from portal.workdays.rules.amending import whole_year
from portal.workdays.rules.announcements import read_announcement
from portal.workdays.rules.marking import marked
from portal.workdays.rules.notices import Layer, Notice, NoticeRefused, check_notice, check_year
from portal.workdays.views.frame import Preview, frame, list_crumb, preview


@never_cache
@require_http_methods(["GET", "POST"])
def paste(request: Request) -> HttpResponse:
    """Take the text of a notice and show what it says."""
    demand(request.actor, P.PROPOSE)
    form = PasteForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _begin(request, form, _("登记国务院通知"), _("识别并预览"))
    text, reading = form.cleaned_data["text"], form.reading()
    if reading.year is None:
        form.add_error("year", doubt_text(reading.doubts[0]))
        return _begin(request, form, _("登记国务院通知"), _("识别并预览"))
    notice = Notice(
        layer=Layer.NATIONAL,
        year=reading.year,
        source=reading.title,
        days=whole_year(reading, days_of_layer(Layer.NATIONAL, reading.year)),
        source_en=_english(reading.year) if reading.title and not reading.amends else "",
        document_number=reading.document_number,
        announced_on=reading.announced_on,
        amends=reading.amends,
    )
    return _show(request, as_typed(notice, text), pasted=form)


@never_cache
@require_http_methods(["GET", "POST"])
def enter_local(request: Request) -> HttpResponse:
    """Take some days of the place's own; those that count already stay beside them."""
    demand(request.actor, P.PROPOSE)
    form = LocalForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _begin(request, form, _("登记本地安排"), _("预览"))
    typed = form.cleaned_data
    days = {day.date: day for day in days_of_layer(Layer.LOCAL, typed["first"].year)}
    days |= {day.date: day for day in form.days()}
    notice = Notice(
        layer=Layer.LOCAL,
        year=typed["first"].year,
        source=typed["source"],
        days=tuple(days[day] for day in sorted(days)),
        source_en=typed["source_en"],
        document_number=typed["document_number"],
        announced_on=typed["announced_on"],
        address=typed["address"],
        amends=True,
    )
    return _show(request, as_typed(notice, ""))


@require_POST
def review(request: Request) -> HttpResponse:
    """Show the proposal again with what was corrected, or save it."""
    demand(request.actor, P.PROPOSE)
    wish = request.POST.get("do", "")
    if wish == "more":
        return _show(request, with_more_rows(request.POST))
    form, days = ReviewForm(request.POST), DayFormSet(request.POST, prefix=PREFIX)
    if wish != "save" or not (form.is_valid() and days.is_valid()):
        return _show(request, request.POST, status=200 if wish == "preview" else 422)
    try:
        version = propose(
            notice_from(form.cleaned_data, days.days()),
            text=form.cleaned_data["text"],
            by=request.actor,
            clock=clocks.installed(),
        )
    except NoticeRefused:
        return _show(request, request.POST, status=422)  # which says why
    messages.success(request, _("草稿已保存，等待另一个人确认。"))
    return redirect("workdays:version", version_id=version.pk)


def _begin(request: Request, form: PasteForm | LocalForm, title: str, submit: str) -> HttpResponse:
    context = {"form": form, "submit": submit} | frame(title, list_crumb())
    return render(request, "portal/workdays/admin/begin.html", context, status=422 if form.errors else 200)


def _show(request: Request, typed: QueryDict, *, pasted: PasteForm | None = None, status: int = 200) -> HttpResponse:
    """Show document, days, year and text; a proposal that cannot be taken says why and has no preview."""
    form, days = ReviewForm(typed), DayFormSet(typed, prefix=PREFIX)
    seen: Preview | None = None
    if form.is_valid() and days.is_valid():
        notice = notice_from(form.cleaned_data, days.days())
        try:
            check_notice(notice)
            check_year(notice, years())
            seen = preview(notice, clocks.installed().now())
        except NoticeRefused as refused:
            form.add_error(None, refusal_text(refused))
    context = _about(form, days, seen, pasted) | frame(_("核对放假安排"), list_crumb())
    return render(request, "portal/workdays/admin/review.html", context, status=status)


def _about(form: ReviewForm, days: Any, seen: Preview | None, pasted: PasteForm | None) -> dict[str, Any]:
    typed = getattr(form, "cleaned_data", {})  # what is faulty is not in it
    text, year, amends = typed.get("text", ""), typed.get("year"), typed.get("amends", False)
    reading = read_announcement(text, year=year, amends=amends) if text and year else None
    pieces, remarks = marked(text, reading.doubts) if reading else ((), ())
    again = pasted or PasteForm(initial={"text": text, "year": year, "scope": "amend" if amends else "year"})
    return {
        "form": form,
        "days": days,
        "preview": seen,
        "year": year,
        "is_national": typed.get("layer") == Layer.NATIONAL,
        "amends": amends,
        "pieces": pieces,
        "remarks": [(remark, doubt_text(remark.doubt)) for remark in remarks],
        "again": again,
    }


def _english(year: int) -> str:
    return f"Notice of the General Office of the State Council on holidays in {year}"
