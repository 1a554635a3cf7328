"""Draw at random so that anybody can draw again and get the same.

Three published things decide: the pool, as sorted tickets; a secret seed, of which a commitment was
published while the pool still grew; and this rule. The seed is mixed with the digest of the pool, so
that not even whoever knows the seed knows who is drawn before the pool is closed, and one ticket
more or less draws quite others (docs/decisions/0012).
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping, Sequence

SEED_BYTES = 32


def new_seed() -> str:
    """Return a fresh secret seed: 256 random bits in hex."""
    return secrets.token_hex(SEED_BYTES)


def commitment(seed: str) -> str:
    """Return what is published of a seed beforehand (hex SHA-256). 256 random bits cannot be guessed back."""
    return hashlib.sha256(f"yishi.draw.seed.1:{seed}".encode()).hexdigest()


def ticket(kind: str, identifier: str) -> str:
    """Return what stands in the pool for one thing (hex SHA-256): whoever knows its random id knows its ticket.

    kind: parts the tickets of one purpose from those of another. identifier: a random one, such as a UUID of version 4.
    """
    return hashlib.sha256(f"yishi.draw.ticket.1:{kind}:{identifier}".encode()).hexdigest()


def pool_digest(pool: Mapping[str, Iterable[str]]) -> str:
    """Return the digest of a pool (hex SHA-256): a line ``stratum ticket`` each, sorted, ended by a line feed.

    pool: the tickets of each stratum; a stratum's name holds no blank.
    """
    lines = sorted(f"{stratum} {one}\n" for stratum, tickets in pool.items() for one in tickets)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def drawn(tickets: Iterable[str], count: int, *, seed: str, digest: str) -> Sequence[str]:
    """Return the `count` tickets of one stratum that are drawn, in the order in which they are; all where fewer.

    A ticket's lot is HMAC-SHA256 of it, keyed with "seed:digest"; the smallest lots are drawn.
    digest: of the whole pool (`pool_digest`).
    """
    key = f"{seed}:{digest}".encode()

    def lot(one: str) -> str:
        return hmac.new(key, one.encode(), hashlib.sha256).hexdigest()

    return sorted(tickets, key=lot)[:count]
