"""The contact behind a nickname: what counts as the same one, and the code that proves it."""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

CODE_LIVES = timedelta(minutes=10)
# Kinds of contact that are telephones.
CALLABLE = ("phone", "call")


@dataclass(frozen=True)
class Contact:
    """A telephone number in E.164 or an e-mail address in lower case.

    kind: "phone" (takes text messages), "email", or "call" (wants to be called; a landline perhaps).
    """

    kind: str
    value: str

    @classmethod
    def read(cls, typed: Mapping[str, Any]) -> "Contact | None":
        """Take the contact from the pages of the journey, where the form has normalised it."""
        value = typed.get("contact", "")
        if not value:
            return None
        return cls("email" if "@" in value else "phone", value)


def new_contact_code(now: datetime) -> tuple[str, datetime]:
    """Return a six-digit one-time code and when it expires (real time: it promises nothing)."""
    return f"{secrets.randbelow(10**6):06d}", now + CODE_LIVES


def same_code(left: str, right: str) -> bool:
    """Compare two fingerprints without telling by the time it takes how much agrees."""
    return hmac.compare_digest(left, right)


def masked(contact: Contact) -> str:
    """Return a contact as it may be shown to its owner: 138****8000, z***@example.com."""
    if contact.kind == "phone":
        local = contact.value.removeprefix("+86")
        return f"{local[:3]}****{local[-4:]}"
    if contact.kind == "call":
        return f"****{contact.value[-4:]}"
    name, _, host = contact.value.partition("@")
    return f"{name[:1]}***@{host}"
