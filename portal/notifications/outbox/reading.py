"""Read kept messages for the page."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from portal.notifications.addresses import Channel
from portal.notifications.outbox.store import kept_at

# A one-time code or a tracking code that stands alone, also between Chinese characters.
CODE = re.compile(r"(?<![\w-])(?:\d{6}|[0-9A-HJKMNP-TV-Z]{6}(?:-[0-9A-HJKMNP-TV-Z]{6}){2})(?![\w-])", re.ASCII)


@dataclass(frozen=True)
class Kept:
    """One message as the page shows it. codes: those in the text, for whoever types them."""

    channel: Channel
    to: str
    subject: str
    text: str
    at: datetime

    @property
    def codes(self) -> list[str]:
        """The codes in the text, each once, in order."""
        return list(dict.fromkeys(CODE.findall(self.text)))


def read(path: Path) -> Kept:
    """Read one message. Raises FileNotFoundError when the outbox was emptied meanwhile."""
    content = path.read_bytes()
    return _mail(path, content) if path.suffix == ".eml" else _sms(path, content)


def read_all(paths: Iterable[Path]) -> Iterator[Kept]:
    """Read messages, without those that are gone."""
    for path in paths:
        try:
            yield read(path)
        except FileNotFoundError:
            continue


def is_to(message: Kept, wanted: str) -> bool:
    """Tell whether the message went to an address or number that contains `wanted`, however it is spaced."""
    return _bare(wanted) in _bare(message.to)


def _bare(address: str) -> str:
    return re.sub(r"[\s-]", "", address).lower()


def _mail(path: Path, content: bytes) -> Kept:
    message = message_from_bytes(content, _class=EmailMessage, policy=policy.default)
    body = message.get_body(preferencelist=("plain", "html"))
    return Kept(
        channel=Channel.EMAIL,
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        text=str(body.get_content()).strip() if body else "",
        at=kept_at(path),
    )


def _sms(path: Path, content: bytes) -> Kept:
    message = json.loads(content)
    return Kept(
        channel=Channel.SMS,
        to=str(message["phone"]),
        subject="",
        text=str(message["text"]),
        at=kept_at(path),
    )
