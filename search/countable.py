"""Which queries may be counted, and how they are written. Pure functions.

What somebody types can be about himself: a number, an address, a name, a whole story. What could be that is not
counted at all; the rest is kept beyond its week only if several people have typed it (`PEOPLE`).
"""

import hashlib
import re
import unicodedata
from collections.abc import Collection
from datetime import date, timedelta

from search.analysis.folding import fold
from search.analysis.tokens import HAN, IS_HAN

# From how many places something must have been looked for within a week before anybody is shown it: k-anonymity with
# the k that official statistics use for the smallest cell that is published (three to five).
PEOPLE = 5
# Chinese characters; letters count half. Longer is a story, not a name of something.
WIDEST = 20
# Numbers that are written out: telephone and identity numbers are longer, years are shorter.
WRITTEN_NUMBER = re.compile("[零〇○一二三四五六七八九十百千两幺壹贰叁肆伍陆柒捌玖拾]{5,}")
ADDRESS = re.compile(r"@|://|\bwww\.")
NO_WORD = re.compile(r"[\W_]+")
GAP = re.compile(f"(?<=[{HAN}]) (?=[{HAN}])")
# Into how many cells the places of a week are thrown: one cell says of a place what 1/32 of all others say too.
CELLS = 32


def countable(typed: str, blocked: Collection[str] = ()) -> str:
    """Return a query as it is counted, "" for one that must not be kept. blocked: see `holds`."""
    folded = fold(typed)
    if ADDRESS.search(folded) or any(one.isdigit() or unicodedata.category(one)[0] == "C" for one in folded):
        return ""
    text = written(folded)
    if not text or width(text) > WIDEST or WRITTEN_NUMBER.search(text) or holds(text, blocked):
        return ""
    return text


def written(typed: str) -> str:
    """Return `typed` so that what differs in spelling, punctuation and gaps only is the same."""
    return GAP.sub("", NO_WORD.sub(" ", fold(typed)).strip())


def width(text: str) -> float:
    """Return how much it says: a Chinese character as much as two letters."""
    return sum(1 if IS_HAN.match(one) else 0.5 for one in text)


def holds(text: str, words: Collection[str]) -> bool:
    """Tell whether `text` holds one of the words, however it is spelled: in letters a whole word, else anywhere."""
    if not words:
        return False
    said = written(text)
    alone = f" {re.sub(f'([{HAN}]+)', ' ', said)} "
    return any(_in(written(word), said, alone) for word in words)


def _in(word: str, said: str, alone: str) -> bool:
    return bool(word) and (word in said if IS_HAN.search(word) else f" {word} " in alone)


def week_of(day: date) -> date:
    """Return the Monday of its week."""
    return day - timedelta(days=day.weekday())


def cell(key: bytes, place: str, text: str) -> int:
    """Return the cell (0 to `CELLS` - 1) that a place falls into for a text; without the key nobody can repeat it.

    The text is part of it, so that two texts of one place do not fall into cells that belong together.
    """
    digest = hashlib.blake2b(f"{place}\n{text}".encode(), key=key, digest_size=8).digest()
    return int.from_bytes(digest) % CELLS
