"""The devices on which one is signed in: which, since when, end one or all others."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.actions.devices import end_device, end_other_devices
from portal.accounts.devices import present
from portal.accounts.models import Device
from portal.accounts.queries import signed_in_devices
from portal.accounts.requests import Request
from portal.kernel.permissions import NotAllowed


@never_cache
@login_required
@require_safe
def devices(request: Request) -> HttpResponse:
    """List them, this one first."""
    here = present(request)
    found = sorted(signed_in_devices(request.actor), key=lambda device: device.pk != here)
    rows = [(device, device.pk == here) for device in found]
    return render(request, "portal/accounts/devices.html", {"rows": rows, "has_others": len(rows) > 1})


@never_cache
@login_required
@require_POST
def end_one(request: Request, device_id: UUID) -> HttpResponse:
    """Sign out on one device; of this one, leave."""
    here = present(request)
    try:
        end_device(device_id, by=request.actor)
    except (Device.DoesNotExist, NotAllowed):
        raise Http404 from None  # somebody else's does not exist
    if device_id == here:
        logout(request)
        return redirect("account_login")
    messages.success(request, _("已结束那台设备上的登录。"))
    return redirect("accounts:devices")


@never_cache
@login_required
@require_POST
def end_others(request: Request) -> HttpResponse:
    """Sign out everywhere else."""
    count = end_other_devices(here=present(request), by=request.actor)
    if count:
        text = ngettext("已结束 %(count)d 台设备上的登录。", "已结束 %(count)d 台设备上的登录。", count)
        messages.success(request, text % {"count": count})
    else:
        messages.info(request, _("没有别的设备登录着。"))
    return redirect("accounts:devices")
