"""Rings the bell after a request that may have changed something."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from portal.live.wakeup import ring

_READING = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class WakeMiddleware:
    """Wakes the hubs after submissions. Their transactions are over by then (no ATOMIC_REQUESTS)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then ring."""
        response = self.get_response(request)
        if request.method not in _READING:
            ring()
        return response
