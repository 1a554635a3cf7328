"""The demo's outbox page: every mail and SMS, with its codes. Outside the demo it does not exist."""

from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.notifications.addresses import Channel
from portal.notifications.outbox.reading import is_to, read_all
from portal.notifications.outbox.store import outbox
from portal.notifications.queries import held

PAGE_SIZE = 20
SUFFIXES = {Channel.EMAIL: ".eml", Channel.SMS: ".json"}


class OutboxFilter(forms.Form):
    """What to look for."""

    q = forms.CharField(label=_("收件地址或手机号"), required=False, max_length=100)
    channel = forms.ChoiceField(
        label=_("方式"),
        required=False,
        choices=[("", _("全部"))] + [(channel.value, channel.label) for channel in SUFFIXES],
    )


@never_cache
@require_safe
def outbox_page(request: HttpRequest) -> HttpResponse:
    """List the messages, newest first."""
    if not (settings.DEMO or settings.CLOCK_MAY_BE_MOVED):
        raise Http404
    form = OutboxFilter(request.GET or None)
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    page = Paginator(_found(wanted), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "messages_kept": list(read_all(page)),
        "held": held(),
        "is_filtered": any(wanted.values()),
    }
    return render(request, "portal/notifications/outbox.html", context)


def _found(wanted: dict[str, Any]) -> list[Path]:
    """Return the files, newest first; only a search by address has to read them all."""
    paths = outbox().newest_first()
    if wanted.get("channel"):
        paths = [path for path in paths if path.suffix == SUFFIXES[wanted["channel"]]]
    if wanted.get("q"):
        paths = [path for path in paths if any(is_to(message, wanted["q"]) for message in read_all([path]))]
    return paths
