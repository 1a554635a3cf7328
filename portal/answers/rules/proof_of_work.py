"""A little arithmetic that a browser does while somebody reads their answers once more.

It makes a flood of questions costly without showing anybody a puzzle. It never gates: whoever
comes without it (no JavaScript, an old telephone, an insecure connection) meets tighter limits.
The scheme is Hashcash over SHA-256: ``sha256("<salt>:<nonce>")`` must begin with enough zero bits.
"""

import hashlib
from itertools import count

LONGEST_NONCE = 20


def solves(salt: str, nonce: str, difficulty: int) -> bool:
    """Tell whether `nonce` (decimal digits) solves the task of `salt`. difficulty: zero bits, 0–64."""
    if not (nonce.isascii() and nonce.isdigit() and len(nonce) <= LONGEST_NONCE):
        return False
    digest = hashlib.sha256(f"{salt}:{nonce}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> (64 - difficulty) == 0


def solve(salt: str, difficulty: int) -> str:
    """Find a nonce, as the browser does: about 2 ** difficulty tries."""
    return next(str(nonce) for nonce in count() if solves(salt, str(nonce), difficulty))
