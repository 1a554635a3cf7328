"""What a carrier's report says, and whether it is one of today's."""

from dataclasses import dataclass
from typing import Any

# Why a text message did not arrive; whatever else a gateway says is OTHER.
NO_SUCH_NUMBER, SWITCHED_OFF, BLOCKED, OTHER = "no_such_number", "switched_off", "blocked", "not_delivered"
REASONS = frozenset({NO_SUCH_NUMBER, SWITCHED_OFF, BLOCKED})
MOST = 100  # reports in one request
LONGEST_ID = 120
FRESH_FOR = 300  # seconds before or after now that a request may be signed at


class Unclear(ValueError):
    """Raised for what is no report."""


@dataclass(frozen=True)
class Report:
    """One message's fate. reason: a code of one that did not arrive, else ""."""

    message_id: str
    arrived: bool
    reason: str


def read_reports(sent: Any) -> list[Report]:
    """Read one report or a list of them. Raises Unclear; then none of them counts."""
    found = sent if isinstance(sent, list) else [sent]
    if len(found) > MOST:
        raise Unclear("too many at once")
    return [_read(one) for one in found]


def is_fresh(timestamp: str, now: float) -> bool:
    """Tell whether a request was signed lately. timestamp: Unix seconds as sent; now: real time."""
    return timestamp.isascii() and timestamp.isdigit() and abs(int(timestamp[:12]) - now) <= FRESH_FOR


def _read(one: Any) -> Report:
    if not isinstance(one, dict) or not isinstance(one.get("message_id"), str) or len(one["message_id"]) > LONGEST_ID:
        raise Unclear("a report names a message")
    match one.get("status"):
        case "delivered":
            return Report(one["message_id"], True, "")
        case "undelivered":
            reason = one.get("reason")
            return Report(one["message_id"], False, reason if reason in REASONS else OTHER)
    raise Unclear("a report says delivered or undelivered")
