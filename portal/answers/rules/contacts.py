"""The contact behind a nickname, and how it is shown masked.

What somebody signs in with is another matter: `portal.accounts.contacts`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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


def masked(contact: Contact) -> str:
    """Return a contact as it may be shown to its owner: 138****8000, z***@example.com."""
    if contact.kind == "phone":
        local = contact.value.removeprefix("+86")
        return f"{local[:3]}****{local[-4:]}"
    if contact.kind == "call":
        return f"****{contact.value[-4:]}"
    name, _, host = contact.value.partition("@")
    return f"{name[:1]}***@{host}"
