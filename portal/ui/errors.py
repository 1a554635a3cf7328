"""Pages that say no, or sorry: 400, 403, 404, 429, 500, 503, in the language of the address.

They say what happened, what the person can do now, and where a human being answers. 500 and 503
are shown without database, session and menus.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

from portal.kernel.permissions import Reason
from portal.ui.shell import Shell

RETRY_AFTER = 600  # seconds


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the browser sent what we cannot read."""
    return _bare(request, "400.html", 400)


def refused(request: HttpRequest, reason: Reason | None = None) -> HttpResponse:
    """403, with the sentence of the permission that said no."""
    return render(request, "403.html", {"reason": reason}, status=403)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 for Django's PermissionDenied."""
    return refused(request)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without valid token: says how to send it again without losing the text."""
    return HttpResponseForbidden(_page(request, "403_csrf.html"))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: also what hidden things look like."""
    return render(request, "404.html", status=404)


def too_many(
    request: HttpRequest, exception: Exception | None = None, *, retry_after: int = RETRY_AFTER
) -> HttpResponse:
    """429. retry_after: seconds."""
    response = _bare(request, "429.html", 429, minutes=max(1, round(retry_after / 60)))
    response["Retry-After"] = str(retry_after)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500: must never fail itself, so the last resort needs no template."""
    try:
        return _bare(request, "500.html", 500)
    except Exception:  # the page of last resort: whatever is broken, people get a sentence
        return HttpResponseServerError(
            '<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>系统出错</title>'
            "<h1>系统出错</h1><p>请稍后再试，或拨打 12345。</p>"
            '<p lang="en">Something went wrong. Please try again later, or call 12345.</p></html>'
        )


def unavailable(request: HttpRequest, announcement: str = "") -> HttpResponse:
    """503 during maintenance; works before any other middleware has run."""
    with translation.override(translation.get_language_from_path(request.path_info) or "zh-hans"):
        response = _bare(request, "503.html", 503, announcement=announcement)
    response["Retry-After"] = str(RETRY_AFTER)
    return response


def _bare(request: HttpRequest, template: str, status: int, **context: Any) -> HttpResponse:
    response = HttpResponse(_page(request, template, **context), status=status)
    response["Cache-Control"] = "no-store"
    return response


def _page(request: HttpRequest, template: str, **context: Any) -> str:
    # Without the request no context processor runs, so neither session nor database is asked.
    return render_to_string(template, {"ui": Shell(request, asks=False), **context})
