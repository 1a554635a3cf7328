"""The calendar of sessions to subscribe to."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.kernel import clock as clocks
from portal.pages.ical import calendar_file, calendar_of_sessions
from portal.pages.listing import listed
from portal.pages.models import SessionPage

# What has just been stays a while: a program that looks in once a week shall not lose what it never saw cancelled.
KEPT_FOR = timedelta(days=30)
# More than any city announces; a bound, so that no file grows with the years.
MOST = 200


@require_safe
def sessions_ics(request: HttpRequest) -> HttpResponse:
    """Give the sessions that are to come, and those of the last month."""
    since = clocks.installed().now() - KEPT_FOR
    sessions = listed(SessionPage).filter(ends_at__gt=since).select_related("office").order_by("starts_at")
    return calendar_file(
        calendar_of_sessions(sessions[:MOST], request, name=_("访谈接访预告")), "sessions.ics", request
    )
