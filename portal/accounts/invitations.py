"""The link in an invitation's mail.

It is the invitation's id under a signature of purpose-bound key, so no secret is stored and
the journal may name the invitation: without the site's key the id opens nothing. Whether the
link still holds is a question to the row (`Invitation.is_open`); and the link alone appoints
nobody: who accepts must be signed in with the address it was sent to.
"""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

VALID_FOR = timedelta(days=7)

_signer = Signer(salt="portal.accounts.invitation", sep=".")


class BadLink(ValueError):
    """Raised for a link that we have not written."""


def token_for(invitation_id: UUID) -> str:
    """Return what stands in the link."""
    return _signer.sign(invitation_id.hex)


def read_token(token: str) -> UUID:
    """Return the invitation's id. Raises BadLink."""
    try:
        return UUID(_signer.unsign(token))
    except (BadSignature, ValueError):
        raise BadLink from None


def link_for(invitation_id: UUID) -> str:
    """Return the whole address, on the site's configured host: never on one a request has named."""
    path = reverse("accounts:invitation", args=[token_for(invitation_id)])
    return settings.BASE_URL.rstrip("/") + path
