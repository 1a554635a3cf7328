"""Sessions for people's own calendars (RFC 5545): one file per session, one to subscribe to."""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from portal.kernel import clock as clocks
from portal.ui.caching import mark_public

if TYPE_CHECKING:
    from portal.pages.models.sessions import SessionPage

PRODUCT = "-//Yishi//Sessions//"


def calendar_of(sessions: "Iterable[SessionPage]", request: HttpRequest, *, name: str) -> Calendar:
    """Return a calendar of sessions, in the present language. name: as calendar programs show it."""
    calendar = Calendar()
    calendar.add("prodid", f"{PRODUCT}{get_language()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for session in sessions:
        calendar.add_component(_event(session, request))
    return calendar


def calendar_file(calendar: Calendar, filename: str, request: HttpRequest) -> HttpResponse:
    """Return the answer that carries a calendar; visitors without an account share it for a minute."""
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    return mark_public(request, response)


def _event(session: "SessionPage", request: HttpRequest) -> Event:
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    address = f"{settings.BASE_URL}{session.get_url(request)}"
    event = Event()
    # The same for good, whatever the page is called: a calendar that has it already changes it.
    event.add("uid", f"session-{session.translation_key}-{get_language()}@{host}")
    changed = session.last_published_at or session.first_published_at or clocks.installed().now()
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    # In UTC: programs show their owner's zone, and no table of zones need go along.
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    summary = f"{session.get_kind_display()}：{session.title}"
    event.add("summary", _("已取消：%s") % summary if session.is_cancelled else summary)
    told = (session.cancelled_because, session.office.local_name, session.summary, address)
    event.add("description", "\n".join(part for part in told if part))
    if session.place or session.phone:
        event.add("location", session.place or session.phone)
    event.add("url", address)
    event.add("status", "CANCELLED" if session.is_cancelled else "CONFIRMED")
    return event
