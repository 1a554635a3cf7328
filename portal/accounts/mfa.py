"""The second factor: an authenticator app, passkeys and recovery codes; sealed at rest, and not to be dropped by staff."""

from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext as _

from portal.accounts.mail import site_name
from portal.accounts.models import User
from portal.accounts.queries import acts_for_an_office
from portal.kernel import vault

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class MfaAdapter(DefaultMFAAdapter):
    """The project's side of allauth's second factor."""

    def encrypt(self, text: str) -> str:
        """Seal a TOTP secret or the seed of recovery codes."""
        return vault.installed().seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open it again."""
        return vault.installed().open(encrypted_text)

    def get_totp_issuer(self) -> str:
        """Return the name under which the app on the phone lists the account."""
        return site_name()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return whose passkeys these are: the configured host, whatever name a request has used."""
        return {"id": urlsplit(settings.BASE_URL).hostname or "", "name": site_name()}

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        """Return a name for a passkey that was given none."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("通行密钥 %(number)d") % {"number": number}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Refuse to let staff go without a second factor where one is required."""
        user: User = authenticator.user
        if not settings.STAFF_MFA_REQUIRED or not (user.is_superuser or acts_for_an_office(user)):
            return True
        others = Authenticator.objects.filter(user=user, type__in=FACTORS).exclude(pk=authenticator.pk)
        return authenticator.type not in FACTORS or others.exists()


def has_second_factor(user: User) -> bool:
    """Tell whether the person has set up a second factor; recovery codes alone are none."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()
