"""What a way out for SMS must offer, and the simple ones: on the console, into a file, into the demo's outbox."""

import fcntl
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from portal.kernel.sms import SmsFailed
from portal.notifications.outbox.store import Store


@dataclass(frozen=True)
class Message:
    """One message on its way. phone: E.164; language: of the recipient; text: what they will read.

    message_id: the same when a message is handed over again, so that a gateway can drop the second one.
    """

    template: str
    params: Mapping[str, str]
    phone: str
    language: str
    message_id: str
    text: str


class SmsRefused(SmsFailed):
    """Raised when the other side will never take this message: no use trying again."""


class Backend(Protocol):
    """A way out."""

    def send(self, message: Message) -> None:
        """Hand the message over within five seconds. Raises SmsFailed."""
        ...


class ConsoleBackend:
    """Prints messages: for development."""

    def send(self, message: Message) -> None:
        """Print it."""
        sys.stdout.write(f"SMS {message.phone}: {message.text}\n")
        sys.stdout.flush()


class FileBackend:
    """Appends messages to a file, one JSON object a line: for a gateway on the same machine that reads it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def send(self, message: Message) -> None:
        """Append it, whole or not at all; the file is for its owner only."""
        line = json.dumps(_plain(message), ensure_ascii=False) + "\n"
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with os.fdopen(descriptor, "ab") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                file.write(line.encode())
        except OSError as error:
            raise SmsFailed(type(error).__name__) from None


class OutboxBackend:
    """Keeps messages where the demo's outbox page finds them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def send(self, message: Message) -> None:
        """Keep it."""
        try:
            self._store.keep("json", json.dumps(_plain(message), ensure_ascii=False).encode())
        except OSError as error:
            raise SmsFailed(type(error).__name__) from None


def _plain(message: Message) -> dict[str, Any]:
    return asdict(message) | {"params": dict(message.params)}
