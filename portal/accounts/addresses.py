"""Where a request comes from, as far as our own machines can vouch for it.

Everybody can send ``X-Forwarded-For``; only the entries that our own proxies appended mean
anything. ``TRUSTED_PROXY_COUNT`` says how many of them stand in front of the application.
"""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "unknown"  # one bucket for all who cannot be told apart: tighter, never looser


def client_address(request: HttpRequest) -> str:
    """Return the network address to which limits on tries apply; never empty.

    An IPv6 address is cut to its /64 network, for one household owns 2^64 addresses. The
    address is personal data: it is not stored or logged by the limits.
    """
    return _network(_forwarded(request) or request.META.get("REMOTE_ADDR", ""))


def _forwarded(request: HttpRequest) -> str:
    """Return the entry that the outermost of our proxies wrote, or nothing if it wrote none."""
    proxies: int = settings.TRUSTED_PROXY_COUNT
    entries = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    # Fewer entries than proxies: the request came in past a proxy, so nobody vouches for the header.
    if proxies < 1 or len(entries) < proxies:
        return ""
    return str(entries[-proxies]).strip()


def _network(text: str) -> str:
    try:
        address = ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return UNKNOWN
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
