"""How allauth works here: sign in by e-mail address or mobile number, codes over SMS, equal answers.

Numbers are stored sealed and found by blind index; an address or number that has no account
gets the same page as one that has, and a message that says so.
"""

import logging
from enum import StrEnum
from smtplib import SMTPException
from typing import Any

from allauth.account import stages
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.forms import BaseForm
from django.http import HttpRequest
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts import devices, mail, sessions
from portal.accounts.addresses import client_address
from portal.accounts.models import User
from portal.accounts.phones import MobileField
from portal.kernel import clock, sms, vault

logger = logging.getLogger(__name__)

CODE_MINUTES = 10
INVITED_EMAIL = "invited_email"  # session key: an address whose owner has opened our mail to it

# Ways to confirm who one is, by allauth's names.
CONFIRM_BY = {
    "reauthenticate": gettext_lazy("用密码"),
    "mfa_reauthenticate": gettext_lazy("用验证器应用或恢复代码"),
    "mfa_reauthenticate:webauthn": gettext_lazy("用通行密钥"),
}

_MISMATCH = gettext_lazy("账号或密码不正确。请检查后重试，也可以改用验证码登录。")


class SmsTemplate(StrEnum):
    """The messages to be registered with the carrier. Parameters: code and minutes, or none."""

    LOGIN_CODE = "login_code"
    VERIFY_PHONE = "verify_phone"
    UNKNOWN_ACCOUNT = "unknown_account"
    ACCOUNT_EXISTS = "account_exists"


class EmailStage(stages.EmailVerificationStage):
    """Demands a verified e-mail address, but not of people who have given a number instead."""

    def handle(self) -> tuple[Any, bool]:
        """Pass people without an address; the stage before has verified their number."""
        user = self.login.user
        if user is not None and not user.email:  # type: ignore[attr-defined]
            return None, True
        result: tuple[Any, bool] = super().handle()
        return result


class AccountAdapter(DefaultAccountAdapter):
    """The project's side of allauth."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _MISMATCH,
        "phone_password_mismatch": _MISMATCH,
        "username_password_mismatch": _MISMATCH,
    }

    # --- Who is it ---------------------------------------------------------------------------
    def new_user(self, request: HttpRequest) -> User:
        """Return an unsaved person who joins now."""
        return User(date_joined=clock.installed().now())

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:  # type: ignore[override]
        """Save the new person with their contact, or neither.

        Of parallel sign-ups with one contact one wins; the others are sent to sign in with it.
        """
        try:
            with transaction.atomic():
                super().save_user(request, user, form, commit)
        except IntegrityError:
            raise ImmediateHttpResponse(redirect("account_request_login_code")) from None
        return user

    def get_user_by_phone(self, phone: str) -> User | None:
        """Find the person with this number (E.164)."""
        return User.objects.filter(phone_index=vault.installed().blind_index(phone)).first()

    def get_phone(self, user: User) -> tuple[str, bool] | None:  # type: ignore[override]
        """Return number and whether it is verified."""
        return (user.phone, user.phone_verified) if user.phone_index else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:  # type: ignore[override]
        """Give the person this number."""
        user.set_phone(phone)
        user.phone_verified = verified
        user.save(update_fields=["phone_sealed", "phone_index", "phone_verified"])

    def set_phone_verified(self, user: User, phone: str) -> None:  # type: ignore[override]
        """Note that the number is the person's; it replaces another one."""
        self.set_phone(user, phone, verified=True)

    def phone_form_field(self, **kwargs: Any) -> MobileField:
        """Return the field that reads mainland mobile numbers."""
        kwargs.pop("label", None)
        return MobileField(**kwargs)

    def is_email_verified(self, request: HttpRequest, email: str) -> bool:
        """Tell whether the address needs no code: its owner came here through our invitation."""
        return bool(email) and request.session.get(INVITED_EMAIL) == email.lower()

    # --- Messages by mail ----------------------------------------------------------------------
    def format_email_subject(self, subject: str) -> str:
        """Say in front who writes."""
        return mail.subject(subject)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a message with the site's name at its end."""
        super().send_mail(template_prefix, email, {**context, "site_name": mail.site_name()})

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send word of a change to the account; a mail server that is away does not undo the change."""
        try:
            super().send_notification_mail(*args, **kwargs)
        except (SMTPException, OSError) as error:
            logger.warning("mail_failed", extra={"error": type(error).__name__})

    # --- Messages over SMS -------------------------------------------------------------------
    def send_verification_code_sms(self, user: User, phone: str, code: str, **kwargs: Any) -> None:  # type: ignore[override]
        """Send a code to sign in, or to show that a new number is the person's."""
        known = user.phone_verified and user.phone == phone
        template = SmsTemplate.LOGIN_CODE if known else SmsTemplate.VERIFY_PHONE
        self._send(template, phone, code=code, minutes=str(CODE_MINUTES))

    def send_unknown_account_sms(self, phone: str, **kwargs: Any) -> None:
        """Say that the number has no account: as much work as sending a code, and helpful."""
        self._send(SmsTemplate.UNKNOWN_ACCOUNT, phone)

    def send_account_already_exists_sms(self, phone: str) -> None:
        """Say that the number has an account already."""
        self._send(SmsTemplate.ACCOUNT_EXISTS, phone)

    def _send(self, template: SmsTemplate, phone: str, **params: str) -> None:
        try:
            sms.installed().send(template, params, phone)
        except sms.SmsFailed:
            logger.warning("sms_failed", extra={"template": template.value})
            messages.error(self.request, _("短信暂时发不出去。请稍后再试，或改用电子邮箱。"))

    # --- The way in --------------------------------------------------------------------------
    def get_login_stages(self) -> list[str]:
        """Return allauth's stages, with our rule about e-mail addresses."""
        ours = f"{EmailStage.__module__}.{EmailStage.__qualname__}"
        theirs = "allauth.account.stages.EmailVerificationStage"
        return [ours if stage == theirs else stage for stage in super().get_login_stages()]

    def login(self, request: HttpRequest, user: User) -> None:  # type: ignore[override]
        """Sign the person in, start the session's clock, and note on which device."""
        is_first = user.last_login is None
        super().login(request, user)
        sessions.start(request.session)
        devices.signed_in(request, user, is_first=is_first)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead staff to their work and everybody else to the home page, where nothing else was asked for."""
        if request.user.has_perm("wagtailadmin.access_admin"):
            return resolve_url("wagtailadmin_home")
        return super().get_login_redirect_url(request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Return the ways to confirm who one is, in our words."""
        return [way | {"description": CONFIRM_BY[way["id"]]} for way in super().get_reauthentication_methods(user)]

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that limits count by."""
        return client_address(request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count failed sign-ins per account. allauth would put all numbers into one bucket."""
        return str(credentials.get("email") or credentials.get("phone") or "").lower()
