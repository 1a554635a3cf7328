"""Makes spellings alike: traditional and variant characters, full width, capitals. The length stays.

One character becomes one character, so what is found at an offset of the folded text stands at the same
offset of the original. Source of the table: OpenCC's dictionaries (Apache-2.0), asked once per process.
"""

import unicodedata
from functools import cache

import opencc

# The first that changes a character decides: OpenCC's standard, then Hong Kong's and Taiwan's own variants (衞, 裏, 説).
CONVERSIONS = ("t2s", "hk2s", "tw2s")
# Left alone by OpenCC, for in some words they stay (乾隆, 著名).
ALSO = {"乾": "干", "著": "着", "於": "于"}
HAN = [chr(code) for begin, end in ((0x3400, 0x4DC0), (0x4E00, 0xA000)) for code in range(begin, end)]


def _simplified() -> dict[int, int]:
    """Return {code point: code point} of traditional and variant characters."""
    table = {ord(source): ord(target) for source, target in ALSO.items()}
    for name in CONVERSIONS:
        # A line of its own each, so that no conversion of whole words applies.
        targets = opencc.OpenCC(name).convert("\n".join(HAN)).split("\n")
        for source, target in zip(HAN, targets, strict=True):
            if len(target) == 1 and target != source:
                table.setdefault(ord(source), ord(target))
    results = set(table.values())
    # What other characters become is simplified already (麼 becomes 么, which OpenCC would make 幺).
    return {source: target for source, target in table.items() if source not in results}


@cache
def _table() -> dict[int, int]:
    """Return {code point: code point} of all that folding changes."""
    simplified, table = _simplified(), {}
    for code in range(0x10000):
        folded = unicodedata.normalize("NFKC", chr(code)).lower()
        plain = ord(folded) if len(folded) == 1 else code
        if code != (target := simplified.get(plain, plain)):
            table[code] = target
    return table


def fold(text: str) -> str:
    """Return `text` in simplified characters, half width and lower case; as long as it was."""
    return text.translate(_table())
