"""In which browsers somebody is signed in, and whether one is new.

A browser is recognised by a cookie that it gets at its first sign-in; only a keyed fingerprint of
it is kept (`models.Device`). The session holds the number of its device, and the device the key
of its session, so that the one can be ended from the other. Real time throughout.

This is plumbing of sessions, beside `sessions`, and no action: the middleware and the sign-in call it, nobody
asks permission, and what a person does with their devices is in `actions/devices.py`.
"""

import secrets
from datetime import timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from portal.accounts.events import DeviceAdded
from portal.accounts.models import Device, User
from portal.accounts.queries import acts_for_an_office
from portal.accounts.rules.browsers import families
from portal.journal.publishing import publish
from portal.journal.realtime import real_now
from portal.kernel import clock, vault
from portal.kernel.actors import Actor, ActorKind

# How long an unused browser is remembered, and its cookie kept: half a year, our number.
LIVES = timedelta(days=180)
# Being seen is written down at most this often: a visit need not write.
NOTE_EVERY = timedelta(minutes=10)

# Session keys.
DEVICE = "device"  # id of the device
RECORDED = "device_session"  # the session's own key, as the device has it
SEEN_AT = "device_seen_at"  # Unix seconds

_COOKIE = "_device_cookie"  # attribute of a request whose answer is to set the cookie


def signed_in(request: HttpRequest, user: User, *, is_first: bool) -> Device:
    """Note that somebody has just signed in here; staff hear of it when the browser is new to them.

    is_first: they have never signed in before, so there is nothing to compare with.
    """
    value = request.COOKIES.get(settings.DEVICE_COOKIE_NAME) or secrets.token_urlsafe(24)
    setattr(request, _COOKIE, value)
    with transaction.atomic():
        device, is_new = _remember(request, user, value)
        if is_new and not is_first and (user.is_superuser or acts_for_an_office(user)):
            publish(
                DeviceAdded(device=str(device.pk)),
                about=f"portal.accounts.user:{user.pk}",
                by=Actor(kind=ActorKind.PERSON, id=str(user.pk)),
                at=clock.installed().now(),
            )
    return device


def present(request: HttpRequest) -> UUID:
    """Return the device of this session; one that was signed in before there were devices gets its own now."""
    found = request.session.get(DEVICE)
    if found and Device.objects.filter(pk=found, user=request.user.pk).exists():
        return UUID(found)
    return signed_in(request, request.user, is_first=True).pk  # type: ignore[arg-type]


def seen(session: SessionBase) -> None:
    """Note that somebody is there, and under which key the session goes now: it changes when more is confided to it."""
    known = session.get(DEVICE)
    if not known:
        return
    now = real_now()
    changed: dict[str, Any] = {}
    if session.get(RECORDED) != session.session_key:
        changed["session_key"] = session[RECORDED] = session.session_key or ""
    if now.timestamp() - session.get(SEEN_AT, 0) >= NOTE_EVERY.total_seconds():
        session[SEEN_AT] = int(now.timestamp())
        changed["seen_at"] = now
    if changed:
        Device.objects.filter(pk=known).update(**changed)


def signed_out(session: SessionBase) -> None:
    """Note that this session ends."""
    if known := session.get(DEVICE):
        Device.objects.filter(pk=known).update(session_key="")


def end(*devices: Device) -> None:
    """End the sessions that run on these devices; whoever sits there is signed out with the next click."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    for device in devices:
        if device.session_key:
            store.delete(device.session_key)
    Device.objects.filter(pk__in=[device.pk for device in devices]).update(session_key="")


def set_cookie(request: HttpRequest, response: HttpResponse) -> None:
    """Give the browser its cookie, if it has just signed in."""
    value = getattr(request, _COOKIE, None)
    if value:
        response.set_cookie(
            settings.DEVICE_COOKIE_NAME,
            value,
            max_age=LIVES,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _remember(request: HttpRequest, user: User, value: str) -> tuple[Device, bool]:
    if not request.session.session_key:
        request.session.save()
    now = real_now()
    browser, system = families(request.headers.get("User-Agent", ""))
    state = {
        "session_key": request.session.session_key or "",
        "browser": browser,
        "system": system,
        "signed_in_at": now,
        "seen_at": now,
    }
    device, is_new = Device.objects.update_or_create(
        user=user,
        key_index=vault.installed().blind_index(f"device:{user.pk}:{value}"),
        defaults=state,
        create_defaults=state | {"first_seen_at": now},
    )
    request.session[DEVICE] = str(device.pk)
    request.session[RECORDED] = request.session.session_key
    request.session[SEEN_AT] = int(now.timestamp())
    return device, is_new
