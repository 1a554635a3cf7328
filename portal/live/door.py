"""Who is at the door? Asked at connect and again every half minute, for a stream outlives its login."""

from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, parse_cookie

from portal.accounts import sessions
from portal.accounts.mfa import has_second_factor
from portal.accounts.middleware import TRACKED
from portal.accounts.models import User
from portal.accounts.queries import actor_for
from portal.kernel.actors import ANONYMOUS, Actor
from portal.live.topics import may_listen


@dataclass(frozen=True)
class Visitor:
    """Who wants to listen. key: whose streams are counted together; "" for somebody without a session."""

    actor: Actor
    key: str = ""


def admit(cookies: str, topics: frozenset[str]) -> Visitor | None:
    """Return the visitor if they may listen to all of `topics` now, else None.

    cookies: the Cookie header. The session is read afresh: it may have ended, and so may the
    person's appointment.
    """
    visitor = _visitor(cookies)
    return visitor if may_listen(visitor.actor, topics) else None


def _visitor(cookies: str) -> Visitor:
    session_key = parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME)
    if not session_key:
        return Visitor(ANONYMOUS)
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    user = get_user(request)
    actor = actor_for(user, frozenset(request.session.get(TRACKED, ())))
    if actor.is_staff and _is_held_up(user, request.session):
        return Visitor(ANONYMOUS)
    return Visitor(actor, actor.id or session_key)


def _is_held_up(user: User | AnonymousUser, session: SessionBase) -> bool:
    """Tell whether the pages, too, would ask this member of staff to confirm who they are."""
    if sessions.is_over(session) or sessions.is_idle(session):
        return True
    return settings.STAFF_MFA_REQUIRED and not (isinstance(user, User) and has_second_factor(user))
