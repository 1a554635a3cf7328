"""What every request carries, and what staff must do before they go on."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.core.exceptions import RateLimited
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect
from django.urls import get_callable, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from portal.accounts import devices, sessions
from portal.accounts.limits import TooManyTries
from portal.accounts.mfa import has_second_factor
from portal.accounts.queries import actor_for
from portal.accounts.requests import is_without_session

TRACKED = "tracked_questions"  # session key: ids of questions opened by tracking code

# What staff may do while they are held up: prove who they are, set up a second factor, leave.
_WAYS_OUT = frozenset(
    {"account_logout", "admin_logout", "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
)
_SETTING_UP = "mfa_"

GetResponse = Callable[[HttpRequest], HttpResponse]


class ActorMiddleware:
    """Sets ``request.actor``: loaded on first use, one query for a signed-in person."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach the actor to the request."""
        request.actor = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: actor_for(request.user, frozenset(request.session.get(TRACKED, ())))
        )
        return self.get_response(request)


class StaffMiddleware:
    """Holds staff up until session and second factor are in order. Costs visitors nothing."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the checks need to know the view."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Answer in the view's place when something is missing."""
        if is_without_session(view):
            return None
        # Without the cookie nobody can be signed in, and the page stays free of "Vary: Cookie".
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return None
        if not request.actor.is_staff:  # type: ignore[attr-defined]
            return None
        name = (request.resolver_match and request.resolver_match.url_name) or ""
        if sessions.is_over(request.session):
            return self._sign_out(request)
        if name in _WAYS_OUT:
            return None
        somebody_is_there = _is_somebody_there(request)
        if sessions.is_idle(request.session):
            # A page that refreshes itself can be answered, but not led elsewhere and back.
            return self._ask_again(request) if somebody_is_there else HttpResponseForbidden()
        if somebody_is_there:
            sessions.see(request.session)
        if settings.STAFF_MFA_REQUIRED and not name.startswith(_SETTING_UP) and not has_second_factor(request.user):
            messages.warning(request, _("您的岗位要求两步验证。请先添加通行密钥或设置验证器应用，再继续工作。"))
            return redirect("mfa_index")
        return None

    def _ask_again(self, request: HttpRequest) -> HttpResponse:
        """Keep what was sent, let the person confirm who it is, then go on with it."""
        ways = get_adapter().get_reauthentication_methods(request.user)
        if not ways:
            return self._sign_out(request)
        messages.info(request, _("您有一段时间没有操作。请确认身份后继续，已填写的内容不会丢失。"))
        return suspend_request(request, ways[0]["url"])

    def _sign_out(self, request: HttpRequest) -> HttpResponse:
        logout(request)
        messages.info(request, _("登录已超过最长时限，请重新登录。"))
        # What was sent cannot be asked for again.
        wanted = request.get_full_path() if request.method == "GET" else settings.LOGIN_REDIRECT_URL
        return redirect_to_login(wanted, reverse("account_login"))


class DeviceMiddleware:
    """Keeps the list of one's devices true: the cookie at sign-in, and when somebody was there."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Note it on the way out, when the session may have changed its key."""
        response = self.get_response(request)
        devices.set_cookie(request, response)
        # Without the cookie nobody was signed in, and the page stays free of "Vary: Cookie".
        if settings.SESSION_COOKIE_NAME in request.COOKIES and _is_somebody_there(request):
            devices.seen(request.session)
        return response


class TooManyTriesMiddleware:
    """Answers with the house's 429 page when a limit is reached, ours or allauth's."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; a limit is reached inside the view."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn the refusal into a page."""
        if isinstance(exception, TooManyTries):
            seconds = int(exception.retry_after.total_seconds())
        elif isinstance(exception, RateLimited):
            seconds = 60
        else:
            return None
        page = get_callable(import_module(settings.ROOT_URLCONF).handler429)
        answer: HttpResponse = page(request, exception, retry_after=seconds)
        return answer


def _is_somebody_there(request: HttpRequest) -> bool:
    """Tell a person from a page that refreshes itself: a visit or a submission, not a background read."""
    return request.method != "GET" or request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
