"""What stands on a spokesperson's page besides their own words: sessions, and colleagues of the same office."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from portal.kernel import clock as clocks
from portal.pages.listing import listed
from portal.pages.models.sessions import SessionPage
from portal.pages.presenting.sessions import shown_sessions

if TYPE_CHECKING:
    from portal.pages.models.spokespersons import SpokespersonPage

SESSIONS_SHOWN = 5


def profile_context(profile: "SpokespersonPage", request: HttpRequest) -> dict[str, Any]:
    """Return the variables of a spokesperson's page."""
    sessions = listed(SessionPage).filter(speakers__person=profile).select_related("office").order_by("-starts_at")
    return {"sessions": shown_sessions(sessions[:SESSIONS_SHOWN], clocks.installed().now(), request)}
