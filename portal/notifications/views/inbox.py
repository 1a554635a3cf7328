"""The inbox of whoever has signed in: the record of what they were told."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.requests import Request
from portal.kernel import clock
from portal.kernel.permissions import NotAllowed
from portal.notifications.actions import mark_all_read, mark_read
from portal.notifications.context import inbox_of_request
from portal.notifications.models import Notice
from portal.notifications.queries import inbox_of
from portal.notifications.texts import Text, texts

PAGE_SIZE = 20
UNREAD = "unread"  # value of ?show=


@dataclass(frozen=True)
class Row:
    """A notice as the list shows it."""

    notice: Notice
    text: Text


@dataclass(frozen=True)
class Tab:
    """One view of the list."""

    words: str
    href: str
    is_current: bool


@never_cache
@login_required
@require_safe
def inbox(request: Request) -> HttpResponse:
    """List the notices, newest first, all or the unread ones."""
    only_unread = request.GET.get("show") == UNREAD
    found = inbox_of(request.actor, only_unread=only_unread)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    unread = inbox_of_request(request).unread
    context = {
        "page": page,
        "rows": rows(page),
        "unread": unread,
        "heading_count": ngettext("%(count)d 条未读", "%(count)d 条未读", unread) % {"count": unread},
        "tabs": _tabs(only_unread),
        "only_unread": only_unread,
    }
    return render(request, "portal/notifications/inbox.html", context)


@never_cache
@login_required
@require_safe
def open_notice(request: Request, notice_id: int) -> HttpResponse:
    """Lead to the matter; whoever goes there has read the notice."""
    notice = _read(request, notice_id)
    text = texts([notice]).get(notice.pk)
    return redirect(text.path if text and text.path else reverse("inbox"))


@never_cache
@login_required
@require_POST
def read_notice(request: Request, notice_id: int) -> HttpResponse:
    """Mark one notice as read and stay in the list."""
    _read(request, notice_id)
    return _back(request)


@never_cache
@login_required
@require_POST
def read_all(request: Request) -> HttpResponse:
    """Mark everything as read."""
    mark_all_read(by=request.actor, clock=clock.installed())
    return _back(request)


def rows(notices: Iterable[Notice]) -> list[Row]:
    """Pair notices with their words; those of an app that is gone have none and are left out."""
    notices = list(notices)
    words = texts(notices)
    return [Row(notice, words[notice.pk]) for notice in notices if notice.pk in words]


def _read(request: Request, notice_id: int) -> Notice:
    try:
        return mark_read(notice_id, by=request.actor, clock=clock.installed())
    except (Notice.DoesNotExist, NotAllowed):
        raise Http404 from None  # somebody else's notice does not exist


def _tabs(only_unread: bool) -> list[Tab]:
    address = reverse("inbox")
    return [
        Tab(_("全部"), address, not only_unread),
        Tab(_("未读"), f"{address}?{urlencode({'show': UNREAD})}", only_unread),
    ]


def _back(request: Request) -> HttpResponseRedirect:
    """Return to the same view of the list, on the same page of it."""
    kept = {name: value for name in ("show", "page") if (value := request.POST.get(name))}
    return HttpResponseRedirect(reverse("inbox") + (f"?{urlencode(kept)}" if kept else ""))
