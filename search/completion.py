"""What is suggested while somebody types: titles, by their words, their pinyin or its first letters.

A key is what can be typed, from each character of a title on. Keys are written in hexadecimal, four digits a
character: so every database sorts them alike, and all that begin alike stand together in the index.
"""

from dataclasses import dataclass

from search.analysis.pinyin import read_aloud
from search.analysis.tokens import IS_HAN, runs
from search.models import Suggestion

MOST = 8  # suggestions at a time: more are not read
STARTS = 24  # characters of a title from which a key begins
LONGEST = 40  # characters of a key
AT_LEAST = 1  # characters typed, two in letters
ENOUGH = 60  # rows that are looked at, for one title has several keys


@dataclass(frozen=True)
class Suggested:
    """A title to choose. id: of its document."""

    text: str
    id: str


def keys(title: str) -> list[str]:
    """Return the keys of a title: from each word or character on to its end, for whoever types on."""
    found: dict[str, None] = {}
    rest = ""
    for run in reversed(list(runs(title))):
        if IS_HAN.match(run):
            syllables = read_aloud(run)
            for start in range(min(len(run), STARTS)):
                found[_written(run[start:] + rest)] = None
                found[_written("".join(syllables[start:]) + rest)] = None
                found[_written("".join(one[:1] for one in syllables[start:]) + rest)] = None
        else:
            found[_written(run + rest)] = None
        rest = run + rest
    return [key for key in found if key]


def began(typed: str) -> str:
    """Return what the keys begin with that go on as was typed; "" for what is too short to tell."""
    wanted = "".join(runs(typed))[:LONGEST]
    return _written(wanted) if len(wanted) >= (AT_LEAST if IS_HAN.match(wanted) else 2) else ""


def suggested(typed: str, language: str) -> list[Suggested]:
    """Return what begins as was typed, the best first; nothing for what is too short to tell. One query."""
    begin = began(typed)
    if not begin:
        return []
    rows = (
        # No other table: two letters begin thousands of keys, which have to be sorted.
        Suggestion.objects.filter(language=language, key__gte=begin, key__lt=begin + "g")
        .order_by("-weight", "key", "entry")
        .values_list("entry", "text")
    )
    found = {identity: Suggested(text, identity) for identity, text in rows[:ENOUGH]}
    return list(found.values())[:MOST]


def _written(text: str) -> str:
    return text[:LONGEST].encode("utf-16-be").hex()
