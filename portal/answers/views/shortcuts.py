"""The keys on a page of their own: what they do, and the switch."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.users.models import UserProfile

from portal.accounts.headers import staff_header
from portal.accounts.requests import Request
from portal.answers.actions.shortcuts import switch_shortcuts
from portal.answers.permissions import P
from portal.kernel.permissions import demand


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def shortcuts_page(request: Request) -> HttpResponse:
    """Show the keys; switch them on or off."""
    demand(request.actor, P.SEE_DESK)
    if request.method == "POST":
        switch_shortcuts(on=request.POST.get("on") == "on", by=request.actor)
        messages.success(request, _("快捷键的设置已保存。"))
        return redirect("answers_desk:shortcuts")
    off = UserProfile.objects.filter(user=UUID(request.actor.id), keyboard_shortcuts=False).exists()
    context = {
        "is_on": not off,
        **staff_header(_("键盘快捷键"), "keyboard", (reverse("answers_desk:queue"), _("问题队列"))),
    }
    return render(request, "portal/answers/desk/shortcuts.html", context)
