"""Mark what looks like personal data in Chinese text, for the editor who decides.

The marker only points; a person redacts. It prefers a false alarm to a miss, but not at any
price: marks everywhere are read by nobody. How often it is right is measured on sentences that
no rule was written against (`docs/reference/figures.md`). Names without a title, role or other
cue beside them are not looked for.
"""

from portal.answers.rules.personal_data import accounts, addresses, names, numbers, plates
from portal.answers.rules.personal_data.marks import Mark, level

__all__ = ["Mark", "marks"]

# The stricter first: where two overlap, the first one found keeps its place.
_FINDERS = (
    accounts.emails,
    numbers.identity_numbers,
    numbers.bank_cards,
    numbers.mobiles,
    numbers.telephones,
    accounts.accounts,
    plates.plates,
    addresses.addresses,
    names.names,
)


def marks(text: str) -> list[Mark]:
    """Return the marked spans in order, none overlapping another. Time grows with the length, no faster."""
    flat = level(text)
    taken = bytearray(len(text))
    found = []
    for finder in _FINDERS:
        for mark in finder(flat):
            if not any(taken[mark.start : mark.end]):
                taken[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
                found.append(mark)
    return sorted(found, key=lambda mark: mark.start)
