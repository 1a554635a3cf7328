"""How Chinese text sounds, for what is typed by ear: pinyin, first letters, and characters of the same sound.

A *sound* is a syllable in which what many speakers do not tell apart is the same: zh and z, ch and c, sh
and s, n and l, -ng and -n. Most slips of Chinese typing are characters of the same sound, so words are also indexed
as pairs of sounds. Readings: pypinyin (MIT), by words where it matters (titles), else each character's first.
"""

import re
from functools import cache, lru_cache
from typing import Any

from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PINYIN_DICT

_TONES = str.maketrans("āáǎàēéěèōóǒòīíǐìūúǔùǖǘǚǜüńňǹḿê", "aaaaeeeeooooiiiiuuuuvvvvvnnnme")
_RETROFLEX = re.compile(r"^([zcs])h")
_NASAL_BEGIN = re.compile(r"^n(?=[a-z])")
_NASAL = re.compile(r"(?<=[aeio])ng$")
LONGEST = 6  # letters of a syllable: zhuang


def sound(syllable: str) -> str:
    """Return the sound of a pinyin syllable: ``zheng`` as ``zen``, ``lü`` as ``lv``."""
    plain = syllable.lower().translate(_TONES).replace("u:", "v")
    return _NASAL.sub("n", _NASAL_BEGIN.sub("l", _RETROFLEX.sub(r"\1", plain)))


@cache
def _first_readings() -> dict[str, str]:
    """Return {character: sound of its first reading}."""
    return {chr(code): sound(readings.split(",")[0]) for code, readings in PINYIN_DICT.items()}


@cache
def _syllables() -> frozenset[str]:
    """Return every syllable that a character has as a reading, without tones, and as those type it who do not tell apart."""
    every = {one.translate(_TONES) for readings in PINYIN_DICT.values() for one in readings.split(",")}
    # Readings of dialects and single sounds (m, n, ng, hm) would cut words to pieces.
    known = {one for one in every if re.fullmatch(r"[a-z]*[aeiouv][a-z]*", one) and len(one) <= LONGEST}
    return frozenset(known | {_NASAL.sub("n", _RETROFLEX.sub(r"\1", one)) for one in known})


def sound_of(character: str) -> str:
    """Return the sound of a character's first reading, "" for what has none."""
    return _first_readings().get(character, "")


@cache
def _written() -> dict[str, str]:
    """Return {sound: the character that stands for it in tokens}, the first of its characters."""
    found: dict[str, str] = {}
    for character, its in _first_readings().items():
        found.setdefault(its, character)
    return found


def written(its: str) -> str:
    """Return the character that stands for a sound in tokens; the sound itself where none has it as first reading."""
    return _written().get(its, its)


@cache
def by_ear() -> dict[int, str]:
    """Return {code point: the character that stands for its sound}, for `str.translate`."""
    return {ord(character): written(its) for character, its in _first_readings().items()}


@lru_cache(16)
def read_aloud(text: str) -> tuple[str, ...]:
    """Return the syllables of Chinese `text`, by words: 银行 is yin hang. As many as it has characters.

    Kept for a moment, for a title is read for its sounds, its first letters and what can be typed of it.
    """
    # pypinyin takes a list for what it cannot read, though its types do not say so.
    return tuple(lazy_pinyin(text, style=Style.NORMAL, v_to_u=False, errors=_nothing))


def _nothing(other: str) -> Any:
    return [""] * len(other)


def initials(text: str) -> list[str]:
    """Return the first letters of Chinese `text` by words, as many as it has characters."""
    return [syllable[:1] for syllable in read_aloud(text)]


@lru_cache(4096)
def syllables(letters: str) -> tuple[tuple[str, ...], str] | None:
    """Cut `letters` into pinyin; return the sounds, and the letters of a last syllable that is not typed to its end.

    The fewest syllables win, and of as many those whose first is longer: ``juzhuzheng``, ``xian`` (not xi an).
    None where it is not pinyin.
    """
    ways: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(1, len(letters) + 1):
        known = [
            (*ways[begin], letters[begin:end])
            for begin in range(max(0, end - LONGEST), end)
            if begin in ways and letters[begin:end] in _syllables()
        ]
        if known:
            ways[end] = min(known, key=lambda way: (len(way), [-len(one) for one in way]))
    whole = max(ways)
    rest = letters[whole:]
    if not whole or (rest and not any(one.startswith(rest) for one in _syllables())):
        return None
    return tuple(sound(one) for one in ways[whole]), rest
