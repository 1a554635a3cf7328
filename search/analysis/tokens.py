"""Cuts text into what engines index: words of letters and digits, pairs of characters, single characters, pairs of sounds.

Pairs need no dictionary, so a new word is found from the first day; single characters help where a pair is
broken by a slip; pairs of sounds find characters of the same sound. A pair never joins what punctuation parts.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from search.analysis.folding import fold
from search.analysis.pinyin import initials, read_aloud, sound, sound_of

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff"
RUNS = re.compile(f"[{HAN}]+|[a-z0-9]+")
IS_HAN = re.compile(f"[{HAN}]")
# Long runs of letters or digits are not words but data; an engine need not keep them whole.
LONGEST_WORD = 40


def runs(folded: str) -> Iterator[str]:
    """Yield what stands together in folded text: a run of Chinese characters, or a word of letters and digits."""
    for match in RUNS.finditer(folded):
        yield match.group()[:LONGEST_WORD] if not IS_HAN.match(match.group()) else match.group()


def pairs(text: str) -> str:
    """Return the words and pairs of `text`, in order, joined by spaces; a Chinese character that stands alone is one too."""
    tokens: list[str] = []
    for run in runs(fold(text)):
        if not IS_HAN.match(run) or len(run) == 1:
            tokens.append(run)
        else:
            tokens += map("".join, pairwise(run))
    return " ".join(tokens)


def characters(text: str) -> str:
    """Return the Chinese characters of `text`, joined by spaces."""
    return " ".join(character for run in runs(fold(text)) if IS_HAN.match(run) for character in run)


def skips(text: str) -> str:
    """Return the pairs of characters that have one between them: what is left when a character was forgotten."""
    return " ".join(
        first + last for run in runs(fold(text)) if IS_HAN.match(run) for first, last in zip(run, run[2:], strict=False)
    )


def sounds(text: str, by_words: bool = False) -> str:
    """Return the pairs of sounds of `text`, joined by spaces.

    by_words: also read by words (银行 as yin hang), a hundred times slower: for titles.
    """
    tokens: dict[str, None] = {}
    for run in runs(fold(text)):
        if IS_HAN.match(run):
            ways = [[sound_of(character) for character in run]]
            if by_words:
                ways.append([sound(one) for one in read_aloud(run)])
            for way in ways:
                tokens |= dict.fromkeys(f"{first}_{second}" for first, second in pairwise(way) if first and second)
    return " ".join(tokens)


def first_letters(text: str) -> str:
    """Return the first letters of the syllables of `text` in order, joined by spaces: 居住证 as ``j z z``."""
    return " ".join(letter for run in runs(fold(text)) if IS_HAN.match(run) for letter in initials(run) if letter)
