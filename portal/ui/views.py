"""Pages of the public face itself: display modes, the way out, and the style guide."""

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from portal.ui.caching import public_page
from portal.ui.display import Display
from portal.ui.forms import DisplayForm
from portal.ui.navigation import home_address
from portal.ui.outward import NotOurs, checked
from portal.ui.styleguide import groups


@never_cache
@require_http_methods(["GET", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    """Choose how pages are shown. The only page of the layout's own with a form token."""
    now = Display.of(request)
    back = _safe(request, request.POST.get("next") or request.GET.get("next") or "")
    if request.method == "POST":
        form = DisplayForm(request.POST)
        if form.is_valid():
            response = redirect(back)
            form.chosen(now).keep(response)
            return response
    else:
        form = DisplayForm.showing(now)
    return render(request, "portal/ui/display.html", {"form": form, "display": now, "next": back})


@public_page()
@require_GET
def style_guide(request: HttpRequest) -> HttpResponse:
    """Show every component with examples, for whoever builds pages."""
    return render(request, "portal/ui/styleguide.html", {"groups": list(groups(request))})


@require_safe
@public_page()
def leave(request: HttpRequest) -> HttpResponse:
    """Say whose site a link leads to, before it does."""
    try:
        address = checked(request.GET.get("to", ""), request.GET.get("signature", ""))
    except NotOurs:
        raise Http404 from None
    return render(request, "portal/ui/leave.html", {"address": address, "host": urlsplit(address).hostname})


def _safe(request: HttpRequest, address: str) -> str:
    """Return `address` if it is a path of this site, else the home page: never lead people elsewhere."""
    # Only a path: an absolute address on our own host is not needed and harder to judge.
    is_path = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_path else home_address()
