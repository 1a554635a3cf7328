"""Mainland mobile numbers: what people type, and the one form that is stored (E.164)."""

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

REGION = "CN"
CHINA = 86
LONGEST = 25  # "+86 (0) 138-0013-8000" with some air; longer texts are not looked at


class NotAMobileNumber(ValueError):
    """Raised for a text that is no mobile number of mainland China."""


def normalize(typed: str) -> str:
    """Return ``+8613800138000`` for 13800138000, 138 0013 8000, +86 138-0013-8000, 008613800138000.

    Full-width digits count as digits. Raises NotAMobileNumber.
    """
    if len(typed) > LONGEST:
        raise NotAMobileNumber
    try:
        number = phonenumbers.parse(typed, REGION)
    except phonenumbers.NumberParseException:
        raise NotAMobileNumber from None
    is_mobile = phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE
    # An extension or a letter number would parse, but is not what the person will type next time.
    if not is_mobile or phonenumbers.region_code_for_number(number) != REGION or number.extension:
        raise NotAMobileNumber
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class NotCallable(ValueError):
    """Raised for a text at which nobody in mainland China can be called."""


def callable_number(typed: str) -> str:
    """Return the E.164 form of a number at which somebody can be called: a mobile, or a landline with its area code.

    Raises NotCallable. Service numbers (12345, 400-…) belong to nobody in particular.
    """
    try:
        return normalize(typed)
    except NotAMobileNumber:
        pass
    if len(typed) > LONGEST:
        raise NotCallable
    try:
        number = phonenumbers.parse(typed, REGION)
    except phonenumbers.NumberParseException:
        raise NotCallable from None
    is_landline = phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.FIXED_LINE
    if not is_landline or number.country_code != CHINA or number.extension:
        raise NotCallable
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def display(phone: str) -> str:
    """Return a stored number as people in China write it: ``138 0013 8000``, ``0574 8765 4321``."""
    digits = phone.removeprefix("+86")
    # What is no number, such as an e-mail address typed into the same field, is left as it is told.
    if phone.startswith("+") and not (
        digits.startswith("1") and len(digits) == 11
    ):  # a landline's area code, never eleven from 1
        return phonenumbers.format_number(phonenumbers.parse(phone), phonenumbers.PhoneNumberFormat.NATIONAL)
    return f"{digits[:3]} {digits[3:7]} {digits[7:]}" if digits else ""


class MobileField(forms.CharField):
    """A form field for a mainland mobile number; cleans to E.164."""

    default_error_messages = {
        "invalid": _("请输入 11 位的中国大陆手机号，例如 138 0013 8000。"),
    }

    def __init__(self, **kwargs: object) -> None:
        kwargs.setdefault("label", _("手机号"))
        kwargs.setdefault("max_length", LONGEST)
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}))
        super().__init__(**kwargs)  # type: ignore[arg-type]

    def clean(self, value: object) -> str:
        """Return the number in E.164, or the empty text where none is required."""
        typed: str = super().clean(value)
        if not typed:
            return ""
        try:
            return normalize(typed)
        except NotAMobileNumber:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
