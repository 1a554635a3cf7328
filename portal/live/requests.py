"""What a listener asks for, read from a bare ASGI scope, and the checks that need no database."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from asgiref.typing import HTTPScope
from django.conf import settings
from django.http.request import split_domain_port, validate_host

MAX_TOPICS = 20
MAX_TOPIC_LENGTH = 200


class Refused(Exception):
    """Raised instead of beginning a stream; `status` is the HTTP answer."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True)
class Asked:
    """A request to listen. after: the last position the page has seen, None for "from now on"."""

    topics: frozenset[str]
    after: int | None
    cookies: str


def read(scope: HTTPScope) -> Asked:
    """Return what is asked for. Raises Refused for a wrong method, host, origin, topic or position."""
    headers = _headers(scope)
    if scope["method"] != "GET":
        raise Refused(405)
    host = headers.get("host", "")
    if not validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS):
        raise Refused(400)
    if not _is_same_origin(headers, host):
        raise Refused(403)
    try:
        query = parse_qs(scope["query_string"].decode("ascii"), max_num_fields=2 * MAX_TOPICS)
    except ValueError:
        raise Refused(400) from None
    topics = read_topics(query.get("topic", []))
    # On its own reconnect the browser sends the last id; the address still says where the page began.
    after = read_position(headers.get("last-event-id") or query.get("after", [""])[0])
    return Asked(topics, after, headers.get("cookie", ""))


def read_topics(given: list[str]) -> frozenset[str]:
    """Return the topics. Raises Refused when there are none, too many or absurd ones."""
    topics = frozenset(given)
    if not 0 < len(topics) <= MAX_TOPICS or any(len(topic) > MAX_TOPIC_LENGTH for topic in topics):
        raise Refused(400)
    return topics


def read_position(given: str) -> int | None:
    """Return the position, None when nothing is given. Raises Refused for anything but a number."""
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) <= 18):
        raise Refused(400)
    return int(given)


def _headers(scope: HTTPScope) -> dict[str, str]:
    headers: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        # HTTP/2 may split the Cookie header.
        headers[name] = f"{headers[name]}; {value}" if name == "cookie" and name in headers else value
    return headers


def _is_same_origin(headers: dict[str, str], host: str) -> bool:
    """Tell whether no other site makes the browser ask; other clients send neither header."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == host.lower()
