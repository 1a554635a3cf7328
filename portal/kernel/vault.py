"""Encryption of personal data at rest, and search in it without reading it.

Fernet (AES-128-CBC with HMAC-SHA256) under rotating keys; equality is asked through a blind
index, an HMAC under a key of its own, so that a stolen dump holds neither contact nor hash
of a guessable one. ``portal.config`` installs the vault with the deployment's keys.
"""

import hashlib
import hmac
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class Unreadable(ValueError):
    """Raised when none of the keys opens a sealed value."""


class Vault:
    """Seals and opens short texts. The first key seals, every key opens."""

    def __init__(self, keys: Sequence[str], index_key: str) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys])
        self._index_key = index_key.encode()

    def seal(self, text: str) -> str:
        """Return `text` encrypted, as ASCII; the empty text stays empty."""
        return self._fernet.encrypt(text.encode()).decode() if text else ""

    def open(self, sealed: str) -> str:
        """Return the text of a sealed value. Raises Unreadable."""
        if not sealed:
            return ""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise Unreadable("no key opens this value") from None

    def blind_index(self, text: str) -> str:
        """Return a keyed fingerprint of `text` (hex): equal texts, equal index."""
        return hmac.new(self._index_key, text.encode(), hashlib.sha256).hexdigest()


_installed: Vault | None = None


def install(vault: Vault) -> None:
    """Make `vault` the vault of this process."""
    global _installed
    _installed = vault


def installed() -> Vault:
    """Return the vault of this process. Raises RuntimeError when there is none."""
    if _installed is None:
        raise RuntimeError("portal.config installs the vault when Django starts")
    return _installed
