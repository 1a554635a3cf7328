"""Sessions and periods of notices for people's own calendars (RFC 5545): a file for each, and sessions to subscribe to."""

from collections.abc import Iterable
from datetime import UTC
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from portal.kernel import clock as clocks
from portal.kernel.workdays import ONE_DAY, Due
from portal.ui.caching import mark_public

if TYPE_CHECKING:
    from portal.pages.models.base import BasePage
    from portal.pages.models.notices import NoticePage
    from portal.pages.models.sessions import SessionPage


def calendar_of_sessions(sessions: "Iterable[SessionPage]", request: HttpRequest, *, name: str) -> Calendar:
    """Return a calendar of sessions, in the present language. name: as calendar programs show it."""
    calendar = _calendar("Sessions")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for session in sessions:
        calendar.add_component(_meeting(session, request))
    return calendar


def calendar_of_period(notice: "NoticePage", due: Due, request: HttpRequest) -> Calendar:
    """Return the period of a notice as a calendar with one event of whole days."""
    event = _event("period", notice, request)
    event.add("dtstart", notice.starts_on)
    event.add("dtend", due.last_day + ONE_DAY)  # exclusive, as our deadlines are
    title = _("%(title)s（截止日期为预计）") if due.provisional else "%(title)s"
    event.add("summary", title % {"title": notice.title})
    _describe(event, notice.how_to_object, notice.phone)
    if notice.address:
        event.add("location", notice.address)
    event.add("status", "TENTATIVE" if due.provisional else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    calendar = _calendar("Notices")
    calendar.add_component(event)
    return calendar


def calendar_file(calendar: Calendar, filename: str, request: HttpRequest) -> HttpResponse:
    """Return the answer that carries a calendar; visitors without an account share it for a minute."""
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    return mark_public(request, response)


def _calendar(subject: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", f"-//Yishi//{subject}//{get_language()}")
    calendar.add("version", "2.0")
    return calendar


def _event(kind: str, page: "BasePage", request: HttpRequest) -> Event:
    """Return an event that knows its page: a calendar that has it already changes it, whatever the page is called now."""
    event = Event()
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    event.add("uid", f"{kind}-{page.translation_key}-{get_language()}@{host}")
    changed = (page.last_published_at or page.first_published_at or clocks.installed().now()).astimezone(UTC)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("url", f"{settings.BASE_URL}{page.get_url(request)}")
    return event


def _describe(event: Event, *parts: str) -> None:
    """Say what it is about, and at the end where its page is."""
    event.add("description", "\n".join(part for part in (*parts, str(event["url"])) if part))


def _meeting(session: "SessionPage", request: HttpRequest) -> Event:
    event = _event("session", session, request)
    # In UTC: programs show their owner's zone, and no table of zones need go along.
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    summary = f"{session.get_kind_display()}：{session.title}"
    event.add("summary", _("已取消：%s") % summary if session.is_cancelled else summary)
    _describe(event, session.cancelled_because, session.office.local_name, session.summary)
    if session.place or session.phone:
        event.add("location", session.place or session.phone)
    event.add("status", "CANCELLED" if session.is_cancelled else "CONFIRMED")
    return event
