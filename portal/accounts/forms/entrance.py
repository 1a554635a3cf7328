"""The forms of allauth's entrance, with one field for "mobile number or e-mail".

Signing up takes a contact and nothing else. A password set before a contact is verified could
belong to somebody who typed a stranger's number, and would still open the account when its
true owner arrives; so it is set afterwards, on the account page, by who wants one.
"""

from datetime import timedelta
from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.core import context

from portal.accounts import limits
from portal.accounts.adapter import INVITED_EMAIL
from portal.accounts.contacts import Contact, ContactField

CODE_TRIES = 3


class LoginForm(allauth_forms.LoginForm):
    """Sign in by contact and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = ContactField()
        # The page has its own link to a new password, and labels instead of placeholders.
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.order_fields(["login", "password"])

    def clean_login(self) -> str:
        """Return the contact in the form in which it is stored."""
        contact: Contact = self.cleaned_data["login"]
        return contact.value


class SignupForm(allauth_forms.SignupForm):
    """Sign up by contact; a code follows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("email", "phone", "password1"):
            del self.fields[name]
        self.fields["contact"] = ContactField(initial=context.request.session.get(INVITED_EMAIL))

    def clean_contact(self) -> Contact:
        """Hand the contact to the checks allauth has for each kind."""
        contact: Contact = self.cleaned_data["contact"]
        self.cleaned_data[contact.kind] = contact.value
        if contact.kind == "email":
            self.clean_email()
        return contact  # a number is looked up in allauth's `clean`


class RequestLoginCodeForm(allauth_forms.RequestLoginCodeForm):
    """Ask for a code to sign in with."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["email"]
        del self.fields["phone"]
        self.fields["contact"] = ContactField()

    def clean_contact(self) -> Contact:
        """Look the account up and count the request, as allauth does for each kind."""
        contact: Contact = self.cleaned_data["contact"]
        self.cleaned_data[contact.kind] = contact.value
        (self.clean_email if contact.kind == "email" else self.clean_phone)()
        return contact


class _CountedTries:
    """Counts wrong codes in the database, not only in the session.

    allauth counts in the session, which parallel requests read before any of them has written.
    """

    def clean_code(self) -> str:
        request = context.request
        try:
            limits.hit(
                "accounts.code",
                f"{request.session.session_key}:{self.expected_code}",
                limit=CODE_TRIES,
                per=timedelta(minutes=15),
            )
        except limits.TooManyTries:
            raise get_adapter().validation_error("too_many_login_attempts") from None
        code: str = super().clean_code()  # type: ignore[misc]
        return code


class ConfirmLoginCodeForm(_CountedTries, allauth_forms.ConfirmLoginCodeForm):
    """Enter the code to sign in."""


class ConfirmEmailForm(_CountedTries, allauth_forms.ConfirmEmailVerificationCodeForm):
    """Enter the code that shows that the address is yours."""


class ConfirmPhoneForm(_CountedTries, allauth_forms.VerifyPhoneForm):
    """Enter the code that shows that the number is yours."""


class ConfirmPasswordResetForm(_CountedTries, allauth_forms.ConfirmPasswordResetCodeForm):
    """Enter the code to set a new password."""
