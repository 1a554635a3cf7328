"""The Wagtail admin's doors: one login for the whole house."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.views.account import AccountView, NameEmailSettingsPanel


@never_cache
@require_safe
def enter(request: HttpRequest) -> HttpResponse:
    """Stand where Wagtail's own login stood: send visitors to the one login, staff to where they were going.

    Raises PermissionDenied for people who are signed in and may not enter; sending them to the
    login would send them back here.
    """
    wanted = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        wanted = resolve_url("wagtailadmin_home")
    if not request.user.is_authenticated:
        return redirect_to_login(wanted, reverse("account_login"))
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied
    return redirect(wanted)


class PreferencesView(AccountView):
    """Wagtail's account page without name and e-mail: those are changed on the site's own, with a code."""

    def get_panels(self) -> list[Any]:
        """Keep language, theme and notifications."""
        return [panel for panel in super().get_panels() if not isinstance(panel, NameEmailSettingsPanel)]
