"""Links that lead out of the site go over a page that says so, by name (source: 国办发〔2017〕47号).

Our signature on the address keeps the page from being used to lead people anywhere in our name.
"""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

_signer = Signer(salt="portal.ui.outward")


class NotOurs(ValueError):
    """The address was not signed by this site."""


def outward(address: str) -> str:
    """Return where a link to `address` leads: over our page when that is another host's, else straight there."""
    if not leads_out(address):
        return address
    signature = _signer.signature(address)
    return f"{reverse('ui_leave')}?{urlencode({'to': address, 'signature': signature})}"


def leads_out(address: str) -> bool:
    """Tell whether an address belongs to a host that is neither ours nor one that needs no word (settings)."""
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return False
    own = urlsplit(settings.BASE_URL).hostname
    return parts.hostname != own and not f".{parts.hostname}".endswith(tuple(settings.FAMILIAR_HOSTS))


def checked(address: str, signature: str) -> str:
    """Return the address. Raises NotOurs unless this site has signed it."""
    try:
        return _signer.unsign(f"{address}{_signer.sep}{signature}")
    except BadSignature:
        raise NotOurs(address) from None
