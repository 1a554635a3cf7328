"""What must not stand in the wording that an office gets of a confidential matter."""

from portal.answers.rules.personal_data import Mark, marks

# What leads to one person by itself. Names and addresses are marked for whoever reads, but not
# refused: offices, roads and schools look like them, and the matter is often about one of those.
TELLTALE = frozenset({"identity_number", "bank_card", "mobile", "email", "account", "plate"})


def telltales(text: str) -> list[Mark]:
    """Return the spans that lead to a person by themselves; a wording with one of them is not passed on."""
    return [mark for mark in marks(text) if mark.kind in TELLTALE]
