"""The Wagtail admin's doors: one login for the whole house."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access
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


@never_cache
@require_safe
@require_admin_access
def own_account(request: HttpRequest) -> HttpResponse:
    """Stand where Wagtail's account page stood, in its menus too: there is one account, with one page."""
    return redirect("accounts:account")


class PreferencesView(AccountView):
    """What Wagtail lets staff choose about the back office itself; name and e-mail are changed on the site, with a code."""

    page_title = gettext_lazy("后台设置")

    def get_panels(self) -> list[Any]:
        """Keep language, theme and notifications."""
        return [panel for panel in super().get_panels() if not isinstance(panel, NameEmailSettingsPanel)]
