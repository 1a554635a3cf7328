"""How long a staff session lasts, and what of a session is readable at rest.

Real time throughout. Staff who are idle must confirm who they are before they go on (nothing
typed is lost), and after a working day must sign in again. Residents are not bothered.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.core.signing import JSONSerializer

from portal.journal.realtime import real_now
from portal.kernel import vault

STARTED_AT = "started_at"
SEEN_AT = "seen_at"
# Being seen is written down at most this often: a session is a row, and a click need not write.
NOTE_EVERY = timedelta(minutes=1)


class SealedSerializer:
    """Stores sessions encrypted: allauth keeps numbers, codes and TOTP secrets in them for a while."""

    def dumps(self, obj: dict[str, Any]) -> bytes:
        """Return the session's content, sealed."""
        return vault.installed().seal(JSONSerializer().dumps(obj).decode()).encode()

    def loads(self, data: bytes) -> dict[str, Any]:
        """Return the session's content. Raises Unreadable when no key opens it."""
        content: dict[str, Any] = JSONSerializer().loads(vault.installed().open(data.decode()).encode())
        return content


def start(session: SessionBase) -> None:
    """Note that somebody has signed in now."""
    session[STARTED_AT] = session[SEEN_AT] = _now()


def unlock(session: SessionBase) -> None:
    """Note that the person has confirmed who it is."""
    session[SEEN_AT] = _now()


def see(session: SessionBase) -> None:
    """Note that the person is there now; begins a session that was made without `start`."""
    now = _now()
    session.setdefault(STARTED_AT, now)
    if now - session.get(SEEN_AT, 0) >= NOTE_EVERY.total_seconds():
        session[SEEN_AT] = now


def is_over(session: SessionBase) -> bool:
    """Tell whether a staff session has reached its greatest age (STAFF_SESSION_MAX)."""
    return _age(session, STARTED_AT) >= settings.STAFF_SESSION_MAX


def is_idle(session: SessionBase) -> bool:
    """Tell whether nobody has used a staff session for STAFF_SESSION_IDLE."""
    return _age(session, SEEN_AT) >= settings.STAFF_SESSION_IDLE


def _age(session: SessionBase, key: str) -> timedelta:
    now = _now()
    return timedelta(seconds=now - session.get(key, now))


def _now() -> int:
    return int(real_now().timestamp())
