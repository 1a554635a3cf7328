"""Show an editor what stands out in a text, and what was changed between two."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from portal.answers.rules.personal_data import marks

# Matching characters costs the product of both lengths: sentences are matched first, and only
# short stretches that differ are matched again by characters (Chinese has no word gaps).
_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]|[^。！？；\n]+")
LONGEST_STRETCH = 400


@dataclass(frozen=True)
class Piece:
    """A run of text. kind: "" plain, "ins" or "del" of a diff, else the kind of personal data it looks like."""

    text: str
    kind: str = ""


def diff(before: str, after: str) -> list[Piece]:
    """Return `after` against `before`, in reading order."""
    pieces: list[Piece] = []
    for old, new in _stretches(_SENTENCE.findall(before), _SENTENCE.findall(after)):
        if old == new:
            pieces.append(Piece(old))
        elif max(len(old), len(new)) <= LONGEST_STRETCH:
            pieces += _by_character(old, new)
        else:
            pieces += _replaced(old, new)
    return pieces


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    for _operation, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield "".join(old[a:b]), "".join(new[c:d])


def _by_character(old: str, new: str) -> list[Piece]:
    pieces = []
    for operation, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        pieces += [Piece(old[a:b])] if operation == "equal" else _replaced(old[a:b], new[c:d])
    return pieces


def _replaced(old: str, new: str) -> list[Piece]:
    return [piece for piece in (Piece(old, "del"), Piece(new, "ins")) if piece.text]


def marked(text: str) -> list[Piece]:
    """Cut `text` at its personal-data marks."""
    pieces, position = [], 0
    for mark in marks(text):
        if mark.start > position:
            pieces.append(Piece(text[position : mark.start]))
        pieces.append(Piece(text[mark.start : mark.end], mark.kind))
        position = mark.end
    if position < len(text):
        pieces.append(Piece(text[position:]))
    return pieces
