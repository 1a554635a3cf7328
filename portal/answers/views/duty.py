"""The rota on screen: a month of an office, with the days on which others are off."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.headers import staff_header
from portal.accounts.models import Office
from portal.accounts.requests import Request
from portal.answers.actions.duty import put_on_duty, take_off_duty
from portal.answers.forms.duty import DutyForm
from portal.answers.models import Duty
from portal.answers.permissions import P
from portal.answers.queries.duty import rota, rota_offices
from portal.answers.views.guards import permitted_office
from portal.kernel import clock as clocks
from portal.kernel.permissions import NotAllowed, demand
from portal.kernel.workdays import ONE_DAY, local_date
from portal.workdays.queries import calendar


@never_cache
@require_GET
def rota_home(request: Request) -> HttpResponse:
    """Lead to the first rota one may set; say so where there is none."""
    demand(request.actor, P.SEE_DESK)
    offices = rota_offices(request.actor)
    if offices:
        return redirect("answers_desk:rota", office_id=offices[0].pk)
    return render(request, "portal/answers/desk/rota.html", _frame() | {"office": None})


@never_cache
@require_GET
def rota_page(request: Request, office_id: UUID) -> HttpResponse:
    """Show a month of an office's rota: ?month=2026-03."""
    return _show(request, permitted_office(request, office_id, P.SET_ROTA), None, 200)


@require_POST
def add_duty(request: Request, office_id: UUID) -> HttpResponse:
    """Put somebody on duty for some days."""
    office = permitted_office(request, office_id, P.SET_ROTA)
    form = DutyForm(request.POST, office=office)
    if not form.is_valid():
        return _show(request, office, form, 422)
    typed = form.cleaned_data
    try:
        put_on_duty(
            office.pk,
            person_id=typed["person"].pk,
            first=typed["first"],
            last=typed["last"],
            by=request.actor,
            clock=clocks.installed(),
        )
    except NotAllowed as refused:
        form.add_error(None, str(refused.reason))
        return _show(request, office, form, 403)
    messages.success(request, _("值班表已更新。"))
    return redirect(f"{reverse('answers_desk:rota', args=[office.pk])}?month={typed['first']:%Y-%m}")


@require_POST
def remove_duty(request: Request, office_id: UUID, duty_id: int) -> HttpResponse:
    """Take one day off the rota."""
    office = permitted_office(request, office_id, P.SET_ROTA)
    duty = Duty.objects.filter(pk=duty_id, office=office).first()
    if duty is not None:  # gone already, by a double click: the page shows it
        take_off_duty(duty.pk, by=request.actor, clock=clocks.installed())
        messages.success(request, _("值班表已更新。"))
    month = f"?month={duty.day:%Y-%m}" if duty else ""
    return redirect(f"{reverse('answers_desk:rota', args=[office.pk])}{month}")


def _show(request: Request, office: Office, bound: DutyForm | None, status: int) -> HttpResponse:
    today = local_date(clocks.installed().now())
    first = _month(request.GET.get("month", ""), today)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    duties: dict[date, list[Duty]] = {}
    for duty in rota(office, first, last):
        duties.setdefault(duty.day, []).append(duty)
    days = calendar()
    month = [first + timedelta(days=n) for n in range(last.day)]
    context = _frame() | {
        "office": office,
        "offices": rota_offices(request.actor),
        "form": bound or DutyForm(office=office),
        "first": first,
        "previous": first - ONE_DAY,
        "next": last + ONE_DAY,
        "days": [
            {
                "day": day,
                "duties": duties.get(day, []),
                "is_off": not days.is_working_day(day),
                "is_today": day == today,
            }
            for day in month
        ],
    }
    return render(request, "portal/answers/desk/rota.html", context, status=status)


def _month(text: str, today: date) -> date:
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    # Beyond the calendar nobody can be put on duty.
    return found if abs(found.year - today.year) <= 1 else today.replace(day=1)


def _frame() -> dict[str, Any]:
    return staff_header(_("值班表"), "calendar")
