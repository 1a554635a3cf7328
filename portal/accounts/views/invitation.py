"""The page behind an invitation's link: public, for the invited person may have no account yet."""

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.accounts import actions
from portal.accounts.adapter import INVITED_EMAIL
from portal.accounts.contacts import mask_email
from portal.accounts.invitations import BadLink, read_token
from portal.accounts.models import Invitation
from portal.accounts.requests import Request
from portal.kernel import clock
from portal.kernel.permissions import NotAllowed


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: Request, token: str) -> HttpResponse:
    """Say who invites to what; let the right person accept, others sign in or sign up first."""
    try:
        invited = get_object_or_404(Invitation.objects.select_related("office"), pk=read_token(token))
    except BadLink:
        raise Http404 from None
    is_open = invited.is_open(clock.installed().now())
    problem = ""
    if request.method == "POST" and is_open:
        if request.user.is_authenticated:
            try:
                actions.accept_invitation(invited.pk, by=request.actor, clock=clock.installed())
            except NotAllowed as refused:
                problem = str(refused.reason)
            else:
                messages.success(request, _("您已接受邀请，岗位即刻生效。"))
                return redirect("wagtailadmin_home")
        else:
            # Whoever opened the mail owns the address: signing up with it needs no further code.
            request.session[INVITED_EMAIL] = invited.email
            return redirect(f"{reverse('account_signup')}?{urlencode({'next': request.path})}")
    return render(
        request,
        "portal/accounts/invitation.html",
        {
            "invitation": invited,
            "is_open": is_open,
            "address": mask_email(invited.email),
            "is_addressee": _is_addressee(request, invited),
            "login_url": f"{reverse('account_login')}?{urlencode({'next': request.path})}",
            "problem": problem,
        },
    )


def _is_addressee(request: Request, invited: Invitation) -> bool:
    return (
        request.user.is_authenticated
        and EmailAddress.objects.filter(user=request.user, email=invited.email, verified=True).exists()
    )
