"""Maintenance: while the switch file is there, everything but the liveness probe answers 503.

``touch var/maintenance`` begins it, deleting the file ends it. Its text, if any, is shown on the page:
until when, and where to turn meanwhile.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from portal.ui.errors import unavailable

LIVENESS = "/-/live"


class Maintenance:
    """Stands before sessions and the database, which may be what is being worked on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 503 while the switch file is there."""
        if settings.MAINTENANCE_FILE.exists() and request.path_info.rstrip("/") != LIVENESS:
            return unavailable(request, self._announcement())
        return self.get_response(request)

    def _announcement(self) -> str:
        try:
            return settings.MAINTENANCE_FILE.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            # The file went away meanwhile, or was made by a tool that writes no text.
            return ""
