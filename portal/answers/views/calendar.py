"""The working calendar for everybody: a year with its documents, and a file to subscribe to.

`portal.workdays` knows the calendar; the public page stands here, beside the evidence that is counted by it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from portal.accounts.requests import Request
from portal.answers.views.evidence import edition_tag
from portal.kernel import clock as clocks
from portal.kernel.workdays import local_date
from portal.ui.caching import public_page
from portal.workdays.labels import WEEKDAYS
from portal.workdays.queries.years import in_force_since, spans_between, year_of, years
from portal.workdays.rules.ical import ical
from portal.workdays.rules.notices import Kind, Layer
from portal.workdays.rules.year_view import Span


@dataclass
class Holiday:
    """A line of the list: one festival or cause with its days off and its make-up days."""

    name: str
    is_local: bool
    off: list[Span] = field(default_factory=list)
    work: list[Span] = field(default_factory=list)


@require_safe
@public_page()
def calendar_page(request: Request, year: int | None = None) -> HttpResponse:
    """Show a year: this one, or the one asked for. One that the calendar does not cover does not exist."""
    this_year = local_date(clocks.installed().now()).year
    covered = years()
    shown = this_year if year is None else year
    if shown not in covered:
        raise Http404
    found = year_of(shown)
    context = {
        "year": found,
        "weekdays": WEEKDAYS,
        "holidays": _holidays(found.spans),
        "previous": shown - 1 if shown - 1 in covered else None,
        "next": shown + 1 if shown + 1 in covered else None,
        "this_year": this_year,
    }
    return render(request, "portal/answers/public/calendar.html", context)


@require_safe
@public_page()
@condition(etag_func=edition_tag)
def calendar_ics(request: Request) -> HttpResponse:
    """Give last year, this year and the next as an iCalendar file, in the language of the address."""
    today = local_date(clocks.installed().now())
    first, last = date(today.year - 1, 1, 1), date(today.year + 1, 12, 31)
    found, provisional_from = spans_between(first, last)
    text = ical(
        found,
        name=_("工作日历"),
        host=urlsplit(settings.BASE_URL).hostname or "localhost",
        stamp=in_force_since(),
        summary=lambda span: _summary(span, is_provisional=span.first >= provisional_from),
        is_provisional=lambda span: span.first >= provisional_from,
    )
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="workdays.ics"'
    return response


def _holidays(spans: Iterable[Span]) -> list[Holiday]:
    found: dict[tuple[str, bool], Holiday] = {}
    for span in spans:
        is_local = span.layer is Layer.LOCAL
        holiday = found.setdefault((span.name, is_local), Holiday(span.name, is_local))
        (holiday.off if span.kind is Kind.OFF else holiday.work).append(span)
    # A make-up day may come weeks before its festival: the days off say when it is.
    return sorted(found.values(), key=lambda holiday: (holiday.off or holiday.work)[0].first)


def _summary(span: Span, *, is_provisional: bool) -> str:
    if span.layer is Layer.LOCAL:
        words = _("本地停止办公：%(name)s") if span.kind is Kind.OFF else _("本地照常上班：%(name)s")
    else:
        words = _("%(name)s放假") if span.kind is Kind.OFF else _("%(name)s调休上班")
    summary = words % {"name": span.name}
    return _("%(summary)s（预计）") % {"summary": summary} if is_provisional else summary
