"""An action that the person may not take now becomes a page that says why."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from portal.kernel.permissions import NotAllowed
from portal.ui.errors import refused


class Refusals:
    """Turns `NotAllowed` that no view has caught into a 403 with the reason's sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 403 with the reason; leave every other exception alone."""
        return refused(request, exception.reason) if isinstance(exception, NotAllowed) else None
