"""Messages to a gateway over HTTP: a POST with JSON that the gateway can check to be ours.

``X-Yishi-Signature: v1=<hex>`` is HMAC-SHA256 under the shared secret over
``<X-Yishi-Timestamp>.<body>``; the timestamp is Unix seconds, real time, so that an old request
can be refused. ``Idempotency-Key`` is the same when a message is sent again.
2xx: taken. 400 and 422: this message is refused for good. Anything else (401 and 404 are about us,
not about the message): another try later.
"""

import hashlib
import hmac
import json
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from portal.journal.realtime import real_now
from portal.kernel.sms import SmsFailed
from portal.notifications.sms.backends import Message, SmsRefused

TIMEOUT = 5.0
REFUSED = frozenset({400, 422})


class _NoRedirects(HTTPRedirectHandler):
    """A number and a code go to the address that the operator gave, nowhere else."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        """Follow nothing: the answer is then an error."""


class WebhookBackend:
    """Posts messages to `url`, signed under `secret`."""

    def __init__(self, url: str, secret: str) -> None:
        self._url = url
        self._secret = secret.encode()
        self._opener = build_opener(_NoRedirects)

    def send(self, message: Message) -> None:
        """Post it. Raises SmsRefused, SmsFailed."""
        try:
            with self._opener.open(self._request(message), timeout=TIMEOUT):
                return  # any 2xx; what it says in its body is not ours to read
        except HTTPError as error:
            error.close()
            if error.code in REFUSED:
                raise SmsRefused(f"HTTP{error.code}") from None
            raise SmsFailed(f"HTTP{error.code}") from None
        except (OSError, HTTPException) as error:
            raise SmsFailed(type(error).__name__) from None

    def _request(self, message: Message) -> Request:
        body = json.dumps(
            {
                "template": message.template,
                "params": dict(message.params),
                "phone": message.phone,
                "language": message.language,
                "message_id": message.message_id,
            },
            ensure_ascii=False,
        ).encode()
        timestamp = str(int(real_now().timestamp()))
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "yishi",
            "Idempotency-Key": message.message_id,
            "X-Yishi-Timestamp": timestamp,
            "X-Yishi-Signature": f"v1={signature(self._secret, timestamp, body)}",
        }
        # The scheme is checked at start (see `checks`).
        return Request(self._url, data=body, headers=headers, method="POST")  # noqa: S310


def signature(secret: bytes, timestamp: str, body: bytes) -> str:
    """Return the signature of a request, hex."""
    return hmac.new(secret, timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
