"""Second factors where allauth's views would not do: staff keep one, and a faulty passkey is said on its page.

allauth asks whether a factor may go for an authenticator app, but not for a passkey; and two that
go at the same time would each see the other one left. Here a person's factors change one by one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.views import DeactivateTOTPView
from allauth.mfa.webauthn.views import LoginWebAuthnView, ReauthenticateWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from portal.accounts.models import User


@contextmanager
def _one_by_one(person: Any) -> Iterator[None]:
    """Lock the person while one of their factors is taken away."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=person.pk)
        yield


class RemovePasskey(RemoveWebAuthnView):
    """Remove a passkey, but not the last factor of somebody who needs one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say when it is the last one."""
        is_last = not get_adapter().can_delete_authenticator(self.object)
        return super().get_context_data(is_last=is_last, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Remove it, or show why not."""
        with _one_by_one(request.user):
            self.object = self.get_object()
            if not get_adapter().can_delete_authenticator(self.object):
                return self.render_to_response(self.get_context_data(), status=403)
            answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer


class DeactivateTotp(DeactivateTOTPView):
    """Switch the authenticator app off; its form refuses the last factor."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask and switch off while nothing else changes."""
        with _one_by_one(request.user):
            answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer


class ConfirmByPasskey(ReauthenticateWebAuthnView):
    """Confirm who one is with a passkey."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Keep what is given: the library's own drops it."""
        return super().get_context_data() | kwargs

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """Stay on the page, which knows where to go afterwards."""
        return self.render_to_response(self.get_context_data(form=form, is_wrong=True), status=422)


class EnterByPasskey(LoginWebAuthnView):
    """Sign in with nothing but a passkey."""

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """Say so on the login page, and keep where the person wanted to go."""
        messages.error(self.request, _("通行密钥没有通过验证。请再试一次，或改用别的方式。"))
        wanted = self.request.POST.get("next", "")
        return HttpResponseRedirect(reverse("account_login") + (f"?{urlencode({'next': wanted})}" if wanted else ""))


remove_passkey = RemovePasskey.as_view()
deactivate_totp = DeactivateTotp.as_view()
confirm_by_passkey = ConfirmByPasskey.as_view()
enter_by_passkey = EnterByPasskey.as_view()
