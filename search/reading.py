"""Reads what somebody typed. Pure functions.

A query is cut into *concepts*: names that the synonyms know, also by their sound or with a slip, so that they take in
most of it; words that tell little; and what stands between. `search.planning` makes of it what engines are asked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from search.analysis.folding import fold
from search.analysis.pinyin import sound_of, syllables
from search.analysis.stopwords import stopwords
from search.analysis.synonyms import Synonyms
from search.analysis.tokens import IS_HAN, runs

APART = re.compile(r"\b[a-z]+(?: [a-z]+)+\b", re.ASCII)
# Longer questions are read up to here; nobody types more into a search box.
MOST_CHARACTERS = 120
# First letters of a title, and words that may be something else than pinyin.
MOST_LETTERS = 10
# Other names of one thing that are looked for.
MOST_NAMES = 10
# What a character is worth to the cut of a query: in a little word, in a name that was guessed (1.0 in one that is
# known), and what each piece costs, so that one long name goes before two short ones. Ours, tried on
# tests/search/test_relevance.py.
WORTH_LITTLE, WORTH_GUESSED, PIECE = 0.8, 0.9, 0.1


@dataclass(frozen=True)
class Unit:
    """A character or syllable. character: "" for a syllable that was typed in letters."""

    character: str
    sound: str


@dataclass(frozen=True)
class Concept:
    """What stands together in a query. others: other names of it; tells_little: a word of nearly every question;
    guessed: the name it sounds or looks like; maybe: short names that it sounds like, perhaps by chance, and their others;
    letters: what was typed in letters and may be a word, first letters or pinyin; parts: the latter, cut.
    """

    units: tuple[Unit, ...]
    others: tuple[str, ...] = ()
    tells_little: bool = False
    letters: str = ""
    guessed: str = ""
    maybe: tuple[str, ...] = ()
    parts: tuple["Concept", ...] = ()

    @property
    def text(self) -> str:
        """The characters."""
        return "".join(unit.character for unit in self.units)

    @property
    def typed(self) -> str:
        """What was typed: the characters, or the letters."""
        return self.text or self.letters

    @property
    def is_name(self) -> bool:
        """Tell whether the synonyms know it, or it is a number."""
        return bool(self.others or self.guessed or any(map(str.isdigit, self.letters)))

    @property
    def tells_much(self) -> bool:
        """Tell whether a result should have it: not for a word of nearly every question, nor for a single character."""
        return not self.tells_little and (len(self.units) > 1 or bool(self.letters))


@dataclass(frozen=True)
class Reading:
    """How a query was understood."""

    text: str
    concepts: tuple[Concept, ...] = field(default=())

    @property
    def telling(self) -> list[Concept]:
        """The concepts that a result should have."""
        return [concept for concept in self.concepts if concept.tells_much]

    @property
    def names(self) -> list[str]:
        """Every text whose finds are marked in results, the longest first."""
        texts = {concept.text for concept in self.concepts if not concept.tells_little}
        texts |= {concept.letters for concept in self.concepts}
        texts |= {
            other
            for whole in self.concepts
            for concept in (whole, *whole.parts)
            for other in (*concept.others, concept.guessed, *concept.maybe)
        }
        return sorted(filter(None, texts), key=lambda text: (-len(text), text))


def read(text: str, synonyms: Synonyms) -> Reading:
    """Read a query; one that holds no word gives no concepts."""
    folded = fold(text)[:MOST_CHARACTERS]
    concepts: list[Concept] = []
    for units in _joined(_spaced(folded)):
        if isinstance(units, str):
            concepts += _in_letters(units, synonyms)
        else:
            concepts += _cut(units, synonyms)
    return Reading(folded, tuple(concepts))


def _spaced(folded: str) -> str:
    """Close the gaps between syllables that were typed apart: ``ju zhu zheng``."""
    return APART.sub(
        lambda match: (
            match.group().replace(" ", "") if all(_is_spoken(one) for one in match.group().split()) else match.group()
        ),
        folded,
    )


def _is_spoken(word: str) -> bool:
    spoken = syllables(word)
    return spoken is not None and not spoken[1]


def _joined(folded: str) -> Iterator[tuple[Unit, ...] | str]:
    """Yield runs of characters and syllables that stand together, and words of letters that are no pinyin beside characters."""
    waiting: list[Unit] = []
    last_end = None
    for match_run, begin in _with_places(folded):
        if last_end is not None and begin != last_end:
            if waiting:
                yield tuple(waiting)
            waiting = []
        last_end = begin + len(match_run)
        if IS_HAN.match(match_run):
            waiting += [Unit(character, sound_of(character)) for character in match_run]
            continue
        beside = bool(waiting) or bool(IS_HAN.match(folded[last_end : last_end + 1]))
        spoken = syllables(match_run) if beside and match_run.isalpha() else None
        if spoken and not spoken[1] and len(match_run) > 1:
            waiting += [Unit("", one) for one in spoken[0]]
        else:
            if waiting:
                yield tuple(waiting)
            waiting = []
            yield match_run
    if waiting:
        yield tuple(waiting)


def _with_places(folded: str) -> Iterator[tuple[str, int]]:
    place = 0
    for run in runs(folded):
        place = folded.index(run, place)
        yield run, place
        place += len(run)


def _in_letters(word: str, synonyms: Synonyms) -> list[Concept]:
    """Read what was typed in letters: long pinyin is cut like characters, of the rest it is not known what it is."""
    spoken = syllables(word) if word.isalpha() else None
    parts = _cut(tuple(Unit("", one) for one in spoken[0]), synonyms) if spoken and len(spoken[0]) > 1 else []
    if parts and len(word) > MOST_LETTERS:
        return parts
    others = synonyms.said.get(word, ()) + synonyms.with_others(synonyms.by_letters.get(word, ()))
    return [Concept((), others, letters=word, parts=tuple(parts))]


def _cut(units: tuple[Unit, ...], synonyms: Synonyms) -> list[Concept]:
    """Cut a run of units into names, words that tell little, and what is left: so that names take in most of it."""
    # From the end: what the best cut from each place on is worth, and what it begins with.
    best: list[tuple[float, Concept | None]] = [(0.0, None)]
    for place in reversed(range(len(units))):
        ways: list[tuple[float, Concept | None]] = [
            (worth + best[len(concept.units) - 1][0], concept) for worth, concept in _names_at(units, place, synonyms)
        ]
        # Of equals the first, so that a name goes before what would make it a piece.
        best.insert(0, max([*ways, (best[0][0], None)], key=lambda way: way[0]))
    concepts: list[Concept] = []
    plain: list[Unit] = []
    place = 0
    while place < len(units):
        concept = best[place][1]
        if concept is None:
            plain.append(units[place])
            place += 1
            continue
        if plain:
            concepts.append(_plain(plain, synonyms))
            plain = []
        concepts.append(concept)
        place += len(concept.units)
    if plain:
        concepts.append(_plain(plain, synonyms))
    return concepts


def _plain(units: list[Unit], synonyms: Synonyms) -> Concept:
    """What is no name; two characters may sound like one."""
    sounds = tuple(unit.sound for unit in units)
    maybe = synonyms.spoken.get(sounds, ()) if len(units) == 2 else ()
    return Concept(tuple(units), maybe=synonyms.with_others(maybe)[:MOST_NAMES])


def _names_at(units: tuple[Unit, ...], place: int, synonyms: Synonyms) -> Iterator[tuple[float, Concept]]:
    """Yield the names and little words that may begin at a place, with what a cut is worth for each.

    A character of a name that is written as the synonyms know it counts most, so that a slip is seen only where
    the name that was perhaps meant explains more than those which are there.
    """
    for size in range(min(synonyms.longest, len(units) - place), 0, -1):
        part = units[place : place + size]
        text = "".join(unit.character for unit in part)
        if len(text) == size and text in stopwords():
            yield size * WORTH_LITTLE - PIECE, Concept(part, tells_little=True)
        elif len(text) == size and text in synonyms.said:
            yield size - PIECE, Concept(part, synonyms.said[text])
        elif len(text) == size and text in synonyms.meant:
            yield size - PIECE, Concept(part)
        elif guessed := synonyms.by_sound.get(tuple(unit.sound for unit in part)):
            slips = sum(unit.character != meant for unit, meant in zip(part, guessed, strict=True) if unit.character)
            yield (size - slips / 2) * WORTH_GUESSED - PIECE, Concept(part, synonyms.said[guessed], guessed=guessed)
        # Syllables typed in letters have no characters to compare.
        elif len(text) == size and (guessed := synonyms.near(text)) and guessed not in stopwords():
            yield (size - 1) * WORTH_GUESSED - PIECE, Concept(part, synonyms.said[guessed], guessed=guessed)
