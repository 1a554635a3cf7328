"""How much lies unread, for whatever shows it. Works with the context processor or by itself."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from portal.notifications.queries import unread_count


class Inbox:
    """The visitor's inbox as templates see it: ``{{ inbox.unread }}``. Asked only when it is shown."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def unread(self) -> int:
        """The number of unread notices. One query for whoever has signed in, none for others."""
        # Without the cookie nobody is signed in, and a page that asks stays free of "Vary: Cookie".
        if settings.SESSION_COOKIE_NAME not in self._request.COOKIES:
            return 0
        return unread_count(self._request.actor)  # type: ignore[attr-defined]


def inbox_of_request(request: HttpRequest) -> Inbox:
    """Return the inbox of whoever asks; the same one throughout a request."""
    if not hasattr(request, "_inbox"):
        request._inbox = Inbox(request)  # type: ignore[attr-defined]
    return request._inbox  # type: ignore[attr-defined]


def inbox(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``inbox``."""
    return {"inbox": inbox_of_request(request)}
