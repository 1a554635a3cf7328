"""Cuts text into what engines index: words of letters and digits, pairs of characters, single characters, pairs of sounds.

Pairs need no dictionary, so a new word is found from the first day; single characters help where a pair is
broken by a slip; pairs of sounds find characters of the same sound. A pair never joins what punctuation parts.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from operator import add

from search.analysis.folding import fold
from search.analysis.pinyin import by_ear, initials, read_aloud, sound, written

# Some traditional characters have their simplified form outside the basic plane (鑪).
HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f"
RUNS = re.compile(f"[{HAN}]+|[a-z0-9]+")
IS_HAN = re.compile(f"[{HAN}]")
# Long runs of letters or digits are not words but data; an engine need not keep them whole.
LONGEST_WORD = 40


@lru_cache(8)
def runs(text: str) -> tuple[str, ...]:
    """Return what stands together in `text`, folded: runs of Chinese characters, words of letters and digits.

    Kept for a moment, for one text is indexed in several ways.
    """
    return tuple(
        run if len(run) <= LONGEST_WORD or IS_HAN.match(run) else run[:LONGEST_WORD] for run in RUNS.findall(fold(text))
    )


def pairs(text: str) -> str:
    """Return the words and pairs of `text`, in order, joined by spaces; a Chinese character that stands alone is one too."""
    return " ".join(_pairs(runs(text)))


def _pairs(cut: Iterable[str]) -> list[str]:
    tokens: list[str] = []
    for run in cut:
        if len(run) == 1 or not IS_HAN.match(run):
            tokens.append(run)
        else:
            tokens.extend(map(add, run, run[1:]))
    return tokens


def pairs_to_the_end(text: str) -> str:
    """Return the pairs of `text` as `pairs` does, and after each run its last character.

    So every character begins a token, and what is being typed is found by the beginning of one.
    """
    tokens: list[str] = []
    for run in runs(text):
        tokens += _pairs([run])
        if len(run) > 1 and IS_HAN.match(run):
            tokens.append(run[-1])
    return " ".join(tokens)


def words_of_pairs(text: str) -> list[list[str]]:
    """Return for each run of `text` the tokens that stand one after the other where the run stands."""
    return [_pairs([run]) for run in runs(text)]


def characters(text: str) -> str:
    """Return the Chinese characters of `text`, joined by spaces."""
    return " ".join("".join(_chinese(text)))


def _chinese(text: str) -> list[str]:
    return [run for run in runs(text) if IS_HAN.match(run)]


def sounds(text: str, by_words: bool = False) -> str:
    """Return the pairs of sounds of `text`, joined by spaces; a sound is written as one of its characters.

    by_words: also read by words (银行 as yin hang), a hundred times slower: for titles.
    """
    cut = [run for run in _chinese(text) if len(run) > 1]
    tokens = _pairs(run.translate(by_ear()) for run in cut)
    if by_words:
        spoken = _pairs("".join(written(sound(one)) for one in read_aloud(run)) for run in cut)
        tokens += [token for token in spoken if token not in tokens]
    return " ".join(tokens)


def skips(text: str) -> str:
    """Return the pairs of characters that have one between them: what is left when a character was forgotten."""
    return " ".join(
        first + last for run in runs(text) if IS_HAN.match(run) for first, last in zip(run, run[2:], strict=False)
    )


def first_letters(text: str) -> str:
    """Return the first letters of the syllables of `text` in order, joined by spaces: 居住证 as ``j z z``."""
    return " ".join(letter for run in runs(text) if IS_HAN.match(run) for letter in initials(run) if letter)
