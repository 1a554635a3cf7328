"""Passkeys as they come in: named when they are added, and refused in words when they are faulty.

The library lets some faults of what a browser, or anybody, sends through as exceptions of its
decoders and of its signature check; a page answers them like a wrong code.
"""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as allauth_forms
from cryptography.exceptions import InvalidSignature
from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_NAME = 40
FAULTS = (AttributeError, LookupError, TypeError, ValueError, struct.error, InvalidSignature)


@contextmanager
def _faults_as_errors() -> Iterator[None]:
    try:
        yield
    except FAULTS:
        raise get_adapter().validation_error("incorrect_code") from None


def _name_field(*, required: bool) -> forms.CharField:
    return forms.CharField(
        label=_("名称"),
        max_length=LONGEST_NAME,
        required=required,
        help_text=_("例如“办公室电脑”“我的手机”，便于以后分辨。"),
    )


class AddPasskeyForm(allauth_forms.AddWebAuthnForm):
    """A new passkey: its name, and whether it signs in by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Without a name it gets one: the device has made the key by then, and it must not be lost.
        self.fields["name"] = _name_field(required=False)
        self.fields["passwordless"] = forms.BooleanField(
            label=_("也用它直接登录，不输入密码"),
            required=False,
            initial=True,
            help_text=_("设备须能用指纹、面容或密码确认是您本人。不支持的旧安全密钥请取消勾选，只作第二步。"),
        )

    def clean(self) -> dict[str, Any]:
        """Check what the device made."""
        with _faults_as_errors():
            checked: dict[str, Any] = super().clean()
        return checked


class RenamePasskeyForm(allauth_forms.EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = _name_field(required=True)


class _Checked:
    """Checks what the device has signed."""

    def clean_credential(self) -> Authenticator:
        with _faults_as_errors():
            found: Authenticator = super().clean_credential()  # type: ignore[misc]
        return found


class EnterByPasskeyForm(_Checked, allauth_forms.LoginWebAuthnForm):
    """Sign in with nothing but a passkey."""


class SecondStepByPasskeyForm(_Checked, allauth_forms.AuthenticateWebAuthnForm):
    """The second step."""


class ConfirmByPasskeyForm(_Checked, allauth_forms.ReauthenticateWebAuthnForm):
    """Confirm who one is."""
