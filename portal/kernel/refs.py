"""Reference strings across packages, and the codes people type.

A reference names an aggregate without a foreign key: ``portal.answers.question:0190…``.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

# Crockford's base 32: no I, L, O, U, so a code survives being read out over the telephone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
CODE_LENGTH = 18  # 18 characters x 5 bits = 90 random bits; at least 80 are asked for.
GROUP = 6


@dataclass(frozen=True)
class Ref:
    """The name of an aggregate: its kind and its id."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Ref":
        """Read a reference string. Raises ValueError when it has no kind or no id."""
        kind, separator, identifier = text.partition(":")
        if not (kind and separator and identifier):
            raise ValueError(f"not a reference: {text!r}")
        return cls(kind, identifier)


def new_code() -> str:
    """Return a fresh tracking code of 90 random bits in three groups: ``7K2M9Q-…``."""
    raw = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    return "-".join(raw[i : i + GROUP] for i in range(0, CODE_LENGTH, GROUP))


def clean_code(typed: str) -> str:
    """Undo what people do to a code: case, blanks, dashes, O for 0, I and L for 1."""
    return "".join(typed.upper().split()).replace("-", "").translate(_MISREAD)


def hash_code(code: str) -> str:
    """Return what is stored of a code. 90 random bits need no salt and no slow hash."""
    return hashlib.sha256(b"yishi.code.1:" + clean_code(code).encode()).hexdigest()


def commit(key: bytes, text: str) -> str:
    """Commit to `text` under its own random `key` (hex HMAC-SHA256).

    The journal holds only this: erase text and key together and it becomes noise, while the
    chain still verifies. A plain hash would not do: names and phone numbers are few enough to be tried.
    """
    return hmac.new(key, b"yishi.commitment.1:" + text.encode(), hashlib.sha256).hexdigest()
