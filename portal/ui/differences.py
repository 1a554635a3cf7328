"""What changed between two texts, line by line and then character by character.

Chinese has no spaces between words, so a word is a run of Latin letters or digits, or one character.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"[A-Za-z0-9]+|.", re.DOTALL)

SAME, GONE, COME = "same", "gone", "come"


@dataclass(frozen=True)
class Part:
    """A stretch of a line. kind: same, gone (only in the old text) or come (only in the new)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Line:
    """A line of either text. kind: same, gone or come."""

    kind: str
    parts: tuple[Part, ...]


def difference(old: str, new: str) -> list[Line]:
    """Return the lines of both texts in reading order; a changed line comes twice, old then new."""
    before, after = old.splitlines(), new.splitlines()
    lines: list[Line] = []
    for verb, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if verb == "equal":
            lines += [Line(SAME, (Part(SAME, text),)) for text in before[a:b]]
        else:
            lines += _changed(before[a:b], after[c:d])
    return lines


def _changed(before: list[str], after: list[str]) -> Iterator[Line]:
    paired = min(len(before), len(after))
    for old, new in zip(before, after, strict=False):
        gone, come = _parts(old, new)
        yield Line(GONE, gone)
        yield Line(COME, come)
    yield from (Line(GONE, (Part(GONE, text),)) for text in before[paired:])
    yield from (Line(COME, (Part(COME, text),)) for text in after[paired:])


def _parts(old: str, new: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    gone: list[Part] = []
    come: list[Part] = []
    for verb, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if verb == "equal":
            gone.append(Part(SAME, "".join(before[a:b])))
            come.append(Part(SAME, "".join(after[c:d])))
            continue
        if b > a:
            gone.append(Part(GONE, "".join(before[a:b])))
        if d > c:
            come.append(Part(COME, "".join(after[c:d])))
    return tuple(gone), tuple(come)
