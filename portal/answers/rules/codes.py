"""The one-time code that proves a contact."""

import hmac
import secrets
from datetime import datetime, timedelta

# Our number: long enough to find the message, too short to go through a million codes.
CODE_LIVES = timedelta(minutes=10)


def new_contact_code(now: datetime) -> tuple[str, datetime]:
    """Return a six-digit one-time code and when it expires (real time: it promises nothing)."""
    return f"{secrets.randbelow(10**6):06d}", now + CODE_LIVES


def same_code(left: str, right: str) -> bool:
    """Compare two fingerprints without telling by the time it takes how much agrees."""
    return hmac.compare_digest(left, right)
