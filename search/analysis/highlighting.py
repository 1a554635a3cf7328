"""Marks in a text what was looked for, and chooses the piece of it that shows most. Returns HTML.

Names are looked for in the folded text. It is as long as the original, so what is found at a place of it is marked at
the same place of the original. Where no whole name stands in a text, its pairs of characters are marked.
"""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise

from search.analysis.folding import fold
from search.analysis.tokens import IS_HAN

FRAGMENT = 90  # Chinese characters; of a text in letters twice as many
# A piece begins at the beginning of its sentence, if that is not further away.
BACK = 24
ENDS = "。！？；\n!?;"
# A single character is marked only if nothing longer was looked for: most texts are full of them.
SHORTEST = 2

Span = tuple[int, int]


def spans(text: str, names: Sequence[str]) -> list[Span]:
    """Return where names stand in `text`, in order, joined where they touch. names: folded."""
    folded = fold(text)
    longer = [name for name in names if len(name) >= SHORTEST] or list(names)
    found = _joined(folded, _places(folded, longer))
    pairs = {"".join(pair) for name in longer for pair in pairwise(name) if _is_han(pair)}
    return found or _joined(folded, _places(folded, pairs))


def marked(text: str, names: Sequence[str]) -> str:
    """Return `text` as HTML, with marks."""
    return _html(text, spans(text, names))


def fragment(text: str, names: Sequence[str]) -> str:
    """Return the piece of `text` that holds most of what was looked for, as HTML; its beginning where nothing does."""
    size = FRAGMENT if sum(map(bool, map(IS_HAN.match, text[:FRAGMENT]))) * 3 > len(text[:FRAGMENT]) else 2 * FRAGMENT
    found = spans(text, names)
    begin = max(_beginnings(text, found), key=lambda place: _worth(text, found, place, size), default=0)
    begin, end = _whole_words(text, begin, min(len(text), begin + size))
    inside = [
        (max(start, begin) - begin, min(stop, end) - begin) for start, stop in found if stop > begin and start < end
    ]
    piece = text[begin:end].replace("\n", " ")
    before, after = "…" if begin else "", "…" if end < len(text) else ""
    return f"{before}{_html(piece, inside)}{after}"


def _is_han(pair: Sequence[str]) -> bool:
    return all(map(IS_HAN.match, pair))


def _places(folded: str, names: Iterable[str]) -> list[Span]:
    found = []
    for name in names:
        place = folded.find(name)
        while place >= 0:
            found.append((place, place + len(name)))
            place = folded.find(name, place + 1)
    return found


def _whole_words(text: str, begin: int, end: int) -> Span:
    """Return a piece that begins and ends between words, where they are parted by spaces."""
    while 0 < begin < end and _is_inside_word(text, begin):
        begin += 1
    shorter = end
    while begin < shorter < len(text) and _is_inside_word(text, shorter):
        shorter -= 1
    return begin, shorter if shorter > begin else end


def _is_inside_word(text: str, place: int) -> bool:
    return text[place - 1 : place + 1].isascii() and text[place - 1 : place + 1].isalnum()


def _joined(text: str, found: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, stop in sorted(found):
        if joined and not text[joined[-1][1] : start].strip(" "):
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined


def _beginnings(text: str, found: Sequence[Span]) -> list[int]:
    """Return where a piece may begin: with the sentence of each mark, or a little before it."""
    places = []
    for start, _stop in found:
        sentence = max(text.rfind(end, max(0, start - BACK), start) for end in ENDS) + 1
        places.append(sentence or (0 if start <= BACK else start - BACK // 2))
    return list(dict.fromkeys(places))


def _worth(text: str, found: Sequence[Span], begin: int, size: int) -> int:
    """Return how much of different names a piece shows."""
    folded = fold(text)
    return sum(map(len, {folded[start:stop] for start, stop in found if begin <= start and stop <= begin + size}))


def _html(text: str, found: Iterable[Span]) -> str:
    pieces, place = [], 0
    for start, stop in found:
        pieces += [escape(text[place:start]), "<mark>", escape(text[start:stop]), "</mark>"]
        place = stop
    return "".join([*pieces, escape(text[place:])])
