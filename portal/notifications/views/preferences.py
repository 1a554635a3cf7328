"""The settings of messages: of a person's account, and for other apps the same page for a matter of theirs."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.accounts.requests import Request
from portal.kernel import clock
from portal.kernel.refs import Ref
from portal.notifications.actions import choose
from portal.notifications.addresses import PERSON, Channel, addresses, person
from portal.notifications.forms.preferences import PreferenceForm, offers
from portal.notifications.groups import groups_for
from portal.notifications.planning import MESSAGES, site_quiet
from portal.notifications.queries import wishes_of


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: Request) -> HttpResponse:
    """Show and save what the person has chosen."""
    return settings_of(request, person(request.actor.id), saved="notice_settings")


def settings_of(request: Request, recipient: str, *, saved: Any, context: dict[str, Any] | None = None) -> HttpResponse:
    """Show and save what `recipient` has chosen.

    saved: where to go then, as `redirect` takes it. context: what the page shows besides: `back`, an address.
    Raises NotAllowed for whoever is not the recipient.
    """
    kind = Ref.parse(recipient).kind
    ways = addresses([recipient]).get(recipient, {})
    reachable = [channel for channel in MESSAGES if channel in ways]
    found = list(offers(groups_for(kind, is_staff=request.actor.is_staff), reachable))
    form = PreferenceForm(
        request.POST or None,
        offers=found,
        reachable=reachable,
        wishes=wishes_of([recipient])[recipient],
        site_quiet=site_quiet(),
    )
    if request.method == "POST" and form.is_valid():
        choose(recipient, **form.choices(), by=request.actor, clock=clock.installed())
        messages.success(request, _("已保存。"))
        return redirect(saved)
    shown = {
        "form": form,
        "groups": [(offer, form[offer.field] if offer.channels else None) for offer in found],
        "has_account": kind == PERSON,
        "by_email": Channel.EMAIL in reachable,
        "may_add": kind == PERSON and len(reachable) < len(MESSAGES),
        "is_reachable": bool(reachable),
    }
    status = 422 if form.errors else 200
    return render(request, "portal/notifications/settings.html", shown | (context or {}), status=status)
