"""One field for both ways to reach a person: an e-mail address or a mainland mobile number.

What people sign in with, and are invited by. Apps above may know further ways: the desk has a contact of
its own for askers who want to be called.
"""

from dataclasses import dataclass
from typing import Literal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from portal.accounts import phones

LONGEST = 254


@dataclass(frozen=True)
class Contact:
    """A way to reach a person. value: an address in lower case, or a number in E.164."""

    kind: Literal["email", "phone"]
    value: str


def mask_email(email: str) -> str:
    """Return an address with its name hidden, for pages that others may see: z***@example.com."""
    name, _at, domain = email.partition("@")
    return f"{name[:1]}***@{domain}"


class NotAContact(ValueError):
    """Raised for a text that is neither an e-mail address nor a mainland mobile number."""


def parse(typed: str) -> Contact:
    """Read what a person typed as address or number. Raises NotAContact."""
    typed = typed.strip()
    if "@" in typed:
        try:
            validate_email(typed)
        except ValidationError:
            raise NotAContact from None
        return Contact("email", typed.lower())
    try:
        return Contact("phone", phones.normalize(typed))
    except phones.NotAMobileNumber:
        raise NotAContact from None


class ContactField(forms.CharField):
    """A form field for an e-mail address or a mobile number; cleans to a `Contact`."""

    default_error_messages = {
        "required": _("请输入手机号或电子邮箱。"),
        "invalid": _("请输入 11 位的中国大陆手机号，或像 name@example.com 这样的电子邮箱。"),
    }

    def __init__(self, **kwargs: object) -> None:
        kwargs.setdefault("label", _("手机号或电子邮箱"))
        kwargs.setdefault("max_length", LONGEST)
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}))
        super().__init__(**kwargs)  # type: ignore[arg-type]

    def clean(self, value: object) -> Contact | None:
        """Return the contact; None where none is required and none was given."""
        typed: str = super().clean(value)
        if not typed:
            return None
        try:
            return parse(typed)
        except NotAContact:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
