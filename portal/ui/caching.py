"""Which answers a shared cache may keep.

A page is public only when it is the same for everybody who could get it: nobody signed in, no
session, no chosen display mode, no message waiting. The shared layout holds no token, nonce or
message, so such a page can be kept whole. ``Vary: Cookie`` lets a browser notice that its owner has
signed in or chosen elder mode since.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

from portal.ui.display import COOKIE

View = TypeVar("View", bound=Callable[..., HttpResponse])

A_MINUTE = 60  # seconds
# For how long the proxy in front keeps a page before it fetches it anew, serving the old one meanwhile: what an
# editor publishes is there a second later, however many people read.
PROXY_SECONDS = "1"


def is_personal(request: HttpRequest) -> bool:
    """Tell whether this answer may differ from what everybody else gets."""
    cookies = request.COOKIES
    if COOKIE in cookies or settings.SESSION_COOKIE_NAME in cookies or "messages" in cookies:
        return True
    # Django notes here that a template has asked for a form token.
    if request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
        return True
    # A session that this very request began, or a message that it added.
    session = getattr(request, "session", None)
    return bool(session is not None and session.modified) or bool(len(get_messages(request)))


def mark_public(request: HttpRequest, response: HttpResponse, max_age: int = A_MINUTE) -> HttpResponse:
    """Set the cache headers of a page that is public for the anonymous. max_age: seconds.

    A page that has said itself how it may be kept is left alone.
    """
    if response.has_header("Cache-Control"):
        return response
    patch_vary_headers(response, ["Cookie"])
    if request.method not in {"GET", "HEAD"} or is_personal(request) or response.cookies:
        patch_cache_control(response, private=True, no_cache=True)
    else:
        patch_cache_control(response, public=True, max_age=max_age)
        response.headers["X-Accel-Expires"] = PROXY_SECONDS
    return response


def public_page(max_age: int = A_MINUTE) -> Callable[[View], View]:
    """Decorate a view whose page the anonymous share: ``@public_page()``. max_age: seconds."""

    def decorate(view: View) -> View:
        @wraps(view)
        def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, *args, **kwargs)
            if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
                # What a template does (a token, a session) is known only when it has been rendered.
                response.add_post_render_callback(lambda rendered: mark_public(request, rendered, max_age))
                return response
            return mark_public(request, response, max_age)

        return marked  # type: ignore[return-value]

    return decorate
