"""The satisfaction half of the yearly assessment: on screen with its formula, and as a file."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.accounts.headers import staff_header
from portal.accounts.requests import Request
from portal.answers.actions.assessment import export_assessment
from portal.answers.actions.limiting import count_try
from portal.answers.assessment_table import FORMULA, WHY_NOT, points, rows
from portal.answers.forms.assessment import AssessmentForm
from portal.answers.permissions import P
from portal.answers.queries.assessment import assessed, assessed_years
from portal.kernel import clock as clocks
from portal.kernel.csv_lines import lines
from portal.kernel.permissions import demand
from portal.kernel.workdays import local_date


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def assessment(request: Request) -> HttpResponseBase:
    """Show a year's points: ?year=2026; send them as a file when it is confirmed."""
    demand(request.actor, P.EXPORT_ASSESSMENT)
    years = assessed_years(local_date(clocks.installed().now()))
    if request.method == "POST":
        form = AssessmentForm(request.POST, years=years)
        if form.is_valid():
            return _file(request, form.cleaned_data["year"])
        return _page(request, form, years[0], 422)
    form = AssessmentForm(request.GET or None, years=years)
    chosen = form.cleaned_data["year"] if form.is_bound and form.is_valid() else years[0]
    return _page(request, AssessmentForm({"year": chosen}, years=years), chosen, 200)


def _file(request: Request, year: int) -> HttpResponseBase:
    count_try("assessment_export", request.actor.id)
    export_assessment(year, by=request.actor, clock=clocks.installed())
    table = rows(assessed(request.actor, year), year, language=get_language() or "zh-hans")
    return StreamingHttpResponse(
        lines(table),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="assessment-{year}.csv"',
            "X-Content-Type-Options": "nosniff",
        },
    )


def _page(request: Request, form: AssessmentForm, year: int, status: int) -> HttpResponse:
    found = list(assessed(request.actor, year))
    context = {
        "form": form,
        "year": year,
        "is_over": year < local_date(clocks.installed().now()).year,
        "calls_open": sum(one.calls_open for one in found),
        "rows": [
            {"office": one.office, "tally": one.tally, "points": points(one), "why_not": WHY_NOT[one.result.why_not]}
            for one in found
        ],
        "formula": FORMULA,
        "points_of": settings.ANSWERS_ASSESSMENT["points"],
        "verdicts_from": settings.ANSWERS_ASSESSMENT["from"],
        **staff_header(_("年度考核：满意度"), "download"),
    }
    return render(request, "portal/answers/desk/assessment.html", context, status=status)
