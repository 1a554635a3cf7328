"""Whether a policy document is in force, as of a date that the caller names.

Source of the three states: 国办发〔2018〕37号 on normative documents (lists of those in force, repealed and
lapsed are published and kept up to date).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Validity(StrEnum):
    """What a document is on a day."""

    AHEAD = "ahead"
    IN_FORCE = "in_force"
    OVER = "over"


@dataclass(frozen=True)
class Force:
    """From when until when a document is in force.

    in_force_on: the first day. expires_on: the last day that its own text names, None for no end.
    repealed_on: the first day on which another document has ended it, None where none has.
    """

    in_force_on: date
    expires_on: date | None = None
    repealed_on: date | None = None


def validity(force: Force, on: date) -> Validity:
    """Return what the document is on the day `on`. One repealed before it came into force never was in force."""
    if force.repealed_on is not None and on >= force.repealed_on:
        return Validity.OVER
    if force.expires_on is not None and on > force.expires_on:
        return Validity.OVER
    return Validity.IN_FORCE if on >= force.in_force_on else Validity.AHEAD
