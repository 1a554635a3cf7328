"""My account: what I am called, how I am reached, how I sign in, for which offices I act."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.accounts import account_page, actions
from portal.accounts.forms.profile import ProfileForm
from portal.accounts.mfa import has_second_factor
from portal.accounts.models import User
from portal.accounts.phones import display
from portal.accounts.queries import posts_of
from portal.accounts.requests import Request
from portal.kernel import clock


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: Request) -> HttpResponse:
    """Show the account; save name and residency."""
    user = cast(User, request.user)
    form = ProfileForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        actions.change_profile(**form.cleaned_data, by=request.actor, clock=clock.installed())
        messages.success(request, _("已保存。"))
        return redirect("accounts:account")
    return render(
        request,
        "portal/accounts/account.html",
        {
            "form": form,
            "email": user.email or "",
            "phone": display(user.phone),
            "has_password": user.has_usable_password(),
            "has_second_factor": has_second_factor(user),
            "lines": account_page.lines(),
            "is_staff": request.actor.is_staff,
            "posts": posts_of(user) if request.actor.grants else (),
        },
    )
