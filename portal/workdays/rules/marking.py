"""A text with its doubtful places marked and numbered."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.workdays.rules.clauses import Doubt


@dataclass(frozen=True)
class Piece:
    """A piece of the text. number: of its mark, 1, 2, 3 …; 0 where nothing is doubtful."""

    text: str
    number: int


@dataclass(frozen=True)
class Remark:
    """A doubt beside the text. number: of the mark it is about, 0 when it has no place. quote: what stands there."""

    doubt: Doubt
    number: int
    quote: str


def marked(text: str, doubts: Iterable[Doubt]) -> tuple[tuple[Piece, ...], tuple[Remark, ...]]:
    """Return the text in pieces and the doubts with the number of their mark; overlapping ones share a mark."""
    spans: list[tuple[int, int]] = []
    remarks = []
    for doubt in sorted(doubts, key=lambda doubt: (doubt.start == doubt.end, doubt.start, doubt.end)):
        if doubt.start == doubt.end:
            remarks.append(Remark(doubt, 0, ""))
            continue
        if spans and doubt.start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], doubt.end))
        else:
            spans.append((doubt.start, doubt.end))
        remarks.append(Remark(doubt, len(spans), text[doubt.start : doubt.end]))
    pieces = []
    reached = 0
    for number, (start, end) in enumerate(spans, start=1):
        pieces += [Piece(text[reached:start], 0), Piece(text[start:end], number)]
        reached = end
    pieces.append(Piece(text[reached:], 0))
    return tuple(piece for piece in pieces if piece.text), tuple(remarks)
