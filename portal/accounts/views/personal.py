"""My data: take them along, have them deleted."""

from datetime import timedelta
from uuid import UUID

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.actions.personal import erase_account, export_account, open_matters
from portal.accounts.forms.personal import DeleteAccountForm
from portal.accounts.limits import hit
from portal.accounts.packing import packed
from portal.accounts.requests import Request
from portal.kernel import clock as clocks
from portal.kernel.permissions import NotAllowed

# A package holds every file of the person: five in an hour are enough for a lost download.
EXPORTS, EXPORTS_PER = 5, timedelta(hours=1)

private = cache_control(private=True, no_store=True)


@require_POST
@login_required
@private
def export(request: Request) -> HttpResponseBase:
    """Hand out a package of everything held about the person."""
    hit("accounts.export", request.actor.id, limit=EXPORTS, per=EXPORTS_PER)
    return packed(export_account(by=request.actor, clock=clocks.installed()), "my-data.zip")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@private
def delete(request: Request) -> HttpResponse:
    """Say what goes, what stays and why; delete when the person confirms."""
    form = DeleteAccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            erase_account(by=request.actor, clock=clocks.installed())
        except NotAllowed as refused:
            form.add_error(None, str(refused.reason))
        else:
            logout(request)
            return redirect("accounts:deleted")
    context = {
        "form": form,
        "open_matters": open_matters(UUID(request.actor.id)),
        "acts_for_office": request.actor.is_staff,
    }
    return render(request, "portal/accounts/personal/delete.html", context, status=422 if form.errors else 200)


@require_safe
@private
def deleted(request: Request) -> HttpResponse:
    """Say that it is done."""
    return render(request, "portal/accounts/personal/deleted.html")
