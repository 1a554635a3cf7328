"""The SMS port: what the lower storeys ask for; ``portal.notifications`` provides it.

Chinese carriers deliver registered templates only, never free text, so a message is a
template key and its parameters.
"""

from collections.abc import Mapping
from typing import Protocol


class SmsFailed(Exception):
    """Raised when a message could not be handed over; the caller decides about another try."""


class SmsSender(Protocol):
    """Hands a message to a carrier or to something that stands in for one."""

    def send(self, template: str, params: Mapping[str, str], phone: str) -> None:
        """Hand over one message. phone: E.164. Raises SmsFailed."""
        ...


_installed: SmsSender | None = None


def install(sender: SmsSender) -> None:
    """Make `sender` the way out for messages of this process."""
    global _installed
    _installed = sender


def installed() -> SmsSender:
    """Return the sender of this process. Raises RuntimeError when there is none."""
    if _installed is None:
        raise RuntimeError("portal.notifications installs the SMS sender when Django starts")
    return _installed
