"""The page behind the link in a mail: what it stops, and a button; after that, the way back."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.accounts.requests import without_session
from portal.kernel import clock
from portal.kernel.refs import Ref
from portal.notifications.actions import switch
from portal.notifications.addresses import PERSON, Channel, addresses
from portal.notifications.queries import wishes_of
from portal.notifications.stopping import BadLink, DeadLink, Letter, read_link

RESUME = "resume"  # value of the field `what`; anything else stops
ONE_CLICK = "List-Unsubscribe"  # the field that a mail program sends (RFC 8058, 3.1)


@never_cache
@without_session
@csrf_exempt  # the link is the authority: a mail program that follows it has neither session nor token
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, letter: str) -> HttpResponse:
    """Show what the link stops (GET changes nothing: mail scanners follow links); stop it, or resume it."""
    try:
        found = read_link(letter, clock.installed().now())
    except BadLink:
        raise Http404 from None
    except DeadLink:
        return render(request, "portal/notifications/stop_dead.html", status=410)
    is_reached = Channel.EMAIL in addresses([found.recipient]).get(found.recipient, {})
    if request.method == "POST":
        if is_reached:
            _switch(request, found)
        if ONE_CLICK in request.POST:
            return HttpResponse("stopped\n", content_type="text/plain; charset=utf-8")
        return HttpResponseRedirect(request.path, status=303)
    off = wishes_of([found.recipient])[found.recipient].off
    groups = [(group, Channel.EMAIL not in off.get(group.key, ())) for group in found.groups]
    context = {
        "letter": found,
        "groups": groups,
        "is_on": any(on for _group, on in groups),
        "is_reached": is_reached,
        "has_account": Ref.parse(found.recipient).kind == PERSON,
    }
    return render(request, "portal/notifications/stop.html", context)


def _switch(request: HttpRequest, letter: Letter) -> None:
    """Do what was asked for one of the mail's groups, for all of them when none is named."""
    asked = request.POST.get("group")
    groups = [group.key for group in letter.groups if asked in (None, group.key)]
    switch(letter.recipient, groups, Channel.EMAIL.value, on=request.POST.get("what") == RESUME)
