"""Number plates (GA 36-2018): 7 characters, 8 for new energy, and those that end in a word."""

import re
from collections.abc import Iterator

from portal.answers.rules.personal_data.marks import Mark

_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-PR-Z][. ]?"
    r"(?:[A-HJ-NP-Z0-9]{4}[警学挂试超领港澳]|(?=[A-Z]{0,5}[0-9])[A-HJ-NP-Z0-9]{5,6}(?![A-Z0-9]))",
    re.IGNORECASE,
)


def plates(flat: str) -> Iterator[Mark]:
    """Find number plates that hold at least one digit."""
    for match in _PLATE.finditer(flat):
        yield Mark(match.start(), match.end(), "plate")
