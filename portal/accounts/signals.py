"""What allauth and Django tell us: the one place in the house that hears signals.

Security log: what happened to which account, by id. Never a credential, contact or address.
"""

import logging
from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as mfa_signals
from django.contrib.auth import signals as auth_signals
from django.dispatch import Signal
from django.http import HttpRequest

from portal.accounts import devices, sessions
from portal.accounts.models import Device

logger = logging.getLogger("portal.accounts.security")

_LOGGED: dict[str, Signal] = {
    "signed_in": auth_signals.user_logged_in,
    "signed_out": auth_signals.user_logged_out,
    "sign_in_failed": auth_signals.user_login_failed,
    "signed_up": account_signals.user_signed_up,
    "code_rejected": account_signals.login_code_rejected,
    "password_set": account_signals.password_set,
    "password_changed": account_signals.password_changed,
    "password_reset": account_signals.password_reset,
    "email_changed": account_signals.email_changed,
    "second_factor_added": mfa_signals.authenticator_added,
    "second_factor_removed": mfa_signals.authenticator_removed,
    "second_factor_reset": mfa_signals.authenticator_reset,
    "second_factor_failed": mfa_signals.authentication_failed,
}


def connect() -> None:
    """Start to listen. Called once, when the app is ready."""
    for event, signal in _LOGGED.items():
        signal.connect(_logger_of(event), weak=False, dispatch_uid=f"portal.accounts.{event}")
    auth_signals.user_logged_out.connect(_sign_out, dispatch_uid="portal.accounts.signed_out")
    for changed in (account_signals.password_set, account_signals.password_changed, account_signals.password_reset):
        changed.connect(_end_other_sessions, dispatch_uid="portal.accounts.end_other_sessions")
    account_signals.authentication_step_completed.connect(_unlock, dispatch_uid="portal.accounts.unlock")


def _logger_of(event: str) -> Any:
    def log(sender: Any, user: Any = None, **kwargs: Any) -> None:
        logger.info(event, extra={"user": str(getattr(user, "pk", "") or "")})

    return log


def _sign_out(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    devices.signed_out(request.session)


def _end_other_sessions(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Another password ends the other sessions by itself; the list of devices must say so, too."""
    here = request.session.get(devices.DEVICE) if request.user == user else None
    devices.end(*(device for device in Device.objects.filter(user=user) if str(device.pk) != here))


def _unlock(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    sessions.unlock(request.session)
