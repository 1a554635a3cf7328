import pytest
from django.test import RequestFactory

from portal.accounts.addresses import UNKNOWN, client_address


def request(remote, forwarded=None):
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return RequestFactory().get("/", REMOTE_ADDR=remote, **headers)


@pytest.mark.parametrize("forged", ["1.2.3.4", "1.2.3.4, 5.6.7.8", "127.0.0.1", "::1"])
def test_without_proxies_a_forwarded_header_means_nothing(settings, forged):
    settings.TRUSTED_PROXY_COUNT = 0

    assert client_address(request("203.0.113.9", forged)) == "203.0.113.9"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),  # the client has written the first entry itself
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "10.9.9.9"),  # came in past a proxy: nobody vouches for the header
        (1, "nonsense", UNKNOWN),
    ],
)
def test_behind_proxies_only_their_own_entry_counts(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXY_COUNT = proxies

    assert client_address(request("10.9.9.9", forwarded)) == address


def test_a_household_with_ipv6_is_one_client():
    mine, neighbours_room = request("2001:db8:1:2::1"), request("2001:db8:1:2:ffff::9")

    assert client_address(mine) == client_address(neighbours_room) == "2001:db8:1:2::/64"
    assert client_address(request("::ffff:203.0.113.9")) == "203.0.113.9"


def test_without_any_address_all_share_one_bucket():
    assert client_address(request("")) == UNKNOWN
