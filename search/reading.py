"""Reads what somebody typed and makes the plan that engines are asked.

A query is cut into *concepts*: names that the synonyms know (longest first, also by their sound, so that a
slip still finds the name), words that tell little, and what stands between. A concept is met by its own pairs
of characters, by characters of the same sound, or by another name of the thing. Pure functions.
"""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from search.analysis.folding import fold
from search.analysis.pinyin import sound_of, syllables, written
from search.analysis.stopwords import LITTLE, stopwords
from search.analysis.synonyms import Synonyms
from search.analysis.tokens import IS_HAN, pairs, runs
from search.documents import CHARACTERS, PAIRS, SOUNDS, ZONES
from search.plan import Best, Bonus, Boost, Node, Phrase, Sum, Term

APART = re.compile(r"\b[a-z]+(?: [a-z]+)+\b", re.ASCII)
# Longer questions are read up to here; nobody types more into a search box.
MOST_CHARACTERS = 120
# First letters of a title, and words that may be something else than pinyin.
MOST_LETTERS = 10
# Other names of one thing that are looked for.
MOST_NAMES = 10
# What a find is worth beside a pair of characters that was typed.
SOUND, OTHER_NAME, NAME_BY_SOUND, CHARACTER, SKIP, SWAPPED, ACROSS = 0.5, 0.8, 0.9, 0.25, 0.35, 0.4, 0.6
# What a character is worth to the cut of a query: in a little word, in a name that was guessed (1.0 in one that is
# known), and what each piece costs, so that one long name goes before two short ones.
WORTH_LITTLE, WORTH_GUESSED, PIECE = 0.8, 0.9, 0.1
# Zones that say little, and mean it: in a body other words sound like a slip by chance, and frequent pairs stand apart.
SHORT = ("title", "keywords")
# A name that the synonyms know says more than what stands around it.
NAME = 1.6
TIE = 0.2
WHOLE_IN_TITLE = 1.5
# Share of a query's concepts that a result has to meet.
STRICT = 0.6
# How much more it counts to meet them, where anything else is let in too.
STRICT_FIRST = 2.0


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
        elif guessed := synonyms.by_sound.get(tuple(unit.sound for unit in part)):
            slips = sum(unit.character != meant for unit, meant in zip(part, guessed, strict=True) if unit.character)
            yield (size - slips / 2) * WORTH_GUESSED - PIECE, Concept(part, synonyms.said[guessed], guessed=guessed)
        # Syllables typed in letters have no characters to compare.
        elif len(text) == size and (guessed := synonyms.near(text)) and guessed not in stopwords():
            yield (size - 1) * WORTH_GUESSED - PIECE, Concept(part, synonyms.said[guessed], guessed=guessed)


def plan(reading: Reading, share: float = STRICT) -> Node | None:
    """Make the plan of a reading, None where it holds no word. share: of the concepts that must be met."""
    telling = [concept for concept in reading.concepts if concept.tells_much]
    little = [concept for concept in reading.concepts if not concept.tells_much]
    # Names decide where there are any: what else was said around them puts results in order.
    names = [concept for concept in telling if concept.is_name]
    needed = _all(names or telling or little)
    if not needed:
        return None
    main: Node = Sum(tuple(needed), max(1, math.ceil(share * len(needed))))
    bonus = [*_across(reading.concepts), *_whole(reading)]
    if names:
        bonus += _all([concept for concept in telling if not concept.is_name])
    bonus += [node for concept in telling for node in _over_one(concept)]
    if telling:
        bonus += [Boost(node, LITTLE) for node in _all(little)]
    return Bonus(main, tuple(bonus)) if bonus else main


def loose_plan(reading: Reading) -> Node | None:
    """Make a plan that any name or pair of characters meets; what the strict plan finds stays in front."""
    strict = plan(reading)
    if strict is None:
        return None
    pieces = [piece for concept in reading.concepts if concept.tells_much for piece in (concept, *concept.parts)]
    names = [piece for piece in pieces if piece.is_name]
    neighbours = [node for piece in pieces for node in _pairs(piece.units, () if piece.is_name else tuple(ZONES))]
    over_one = [node for piece in pieces for node in _over_one(piece)]
    return Sum((Boost(strict, STRICT_FIRST), *_all(names), *neighbours, *over_one))


def _all(concepts: list[Concept]) -> list[Node]:
    return [node for concept in concepts for node in _conditions(concept)]


def _conditions(concept: Concept) -> list[Node]:
    """Return the conditions of a concept: one for a name, one for each pair of what is no name."""
    if concept.letters:
        return [Boost(_letters(concept), NAME if concept.is_name else 1.0)]
    # What is written as the synonyms know it is no slip, so what sounds alike is not looked for.
    own = _pairs(concept.units, SHORT if concept.guessed or not concept.is_name else ())
    if concept.is_name or concept.maybe:
        names: list[Node] = [Sum(tuple(own), most(len(own)))]
        names += [Boost(node, OTHER_NAME) for node in map(_name, concept.others[:MOST_NAMES]) if node]
        if concept.guessed and (node := _name(concept.guessed)):
            names.append(Boost(node, NAME_BY_SOUND))
        names += [Boost(node, NAME_BY_SOUND) for node in map(_name, concept.maybe) if node]
        return [Boost(Best(tuple(names), TIE), NAME if concept.is_name else 1.0)]
    return own


def _letters(concept: Concept) -> Node:
    word = concept.letters
    ways: list[Node] = [_zones(PAIRS, word)]
    if spoken := _all(list(concept.parts)):
        ways.append(Sum(tuple(spoken), most(len(spoken))))
    if 2 <= len(word) <= MOST_LETTERS and word.isalpha():
        ways.append(Phrase("title_letters", tuple(word)))
    ways += [Boost(node, OTHER_NAME) for node in map(_name, concept.others[:MOST_NAMES]) if node]
    return Best(tuple(ways), TIE)


def _pairs(units: tuple[Unit, ...], heard: Iterable[str]) -> list[Node]:
    """Return a condition for each pair of neighbours; a character that stands alone is one itself. heard: zones in
    which characters of the same sound are looked for.
    """
    if len(units) == 1:
        return [_zones(CHARACTERS, units[0].character)] if units[0].character else []
    return [_pair(first, second, heard) for first, second in pairwise(units)]


def _pair(first: Unit, second: Unit, heard: Iterable[str]) -> Node:
    ways: list[Node] = []
    if first.character and second.character:
        text = first.character + second.character
        ways = [_zones(PAIRS, text), Boost(Term("title_skips", text), SKIP)]
        if first != second:
            ways.append(Boost(Term(f"title_{PAIRS}", text[::-1]), SWAPPED * ZONES["title"]))
        # In bodies nearly every character stands somewhere: there it would be slow and tell nothing.
        apart = Sum((Term(f"title_{CHARACTERS}", first.character), Term(f"title_{CHARACTERS}", second.character)), 2)
        ways.append(Boost(apart, CHARACTER * ZONES["title"]))
    zones = heard if ways else ZONES  # what was typed as pinyin has nothing but its sound
    if first.sound and second.sound and zones:
        ways.append(Boost(_zones(SOUNDS, written(first.sound) + written(second.sound), zones), SOUND))
    return Best(tuple(ways))


def _over_one(concept: Concept) -> list[Node]:
    """Pairs of characters in a title that have a wrong one between them here, or one too many; none for what is no slip."""
    if concept.is_name and not concept.guessed:
        return []
    text = concept.text if len(concept.text) == len(concept.units) else ""
    around = (first + last for first, last in zip(text, text[2:], strict=False))
    return [
        Boost(Best((Term("title_skips", pair), Term(f"title_{PAIRS}", pair))), SKIP * ZONES["title"]) for pair in around
    ]


def _zones(stream: str, token: str, zones: Iterable[str] = ZONES) -> Node:
    """A token anywhere, or in some zones, at what it is worth there."""
    return Best(tuple(Boost(Term(f"{zone}_{stream}", token), ZONES[zone]) for zone in zones), TIE)


def _name(text: str) -> Node | None:
    """Another name: in titles and keywords most of its pairs, in any order (土地征收 is 征收土地); in a body as it stands,
    for each of its pairs alone is in half of all texts (保险).
    """
    tokens = tuple(pairs(text).split())
    if not tokens:
        return None
    if len(tokens) == 1:
        return _zones(PAIRS, tokens[0])
    anyhow = Sum(tuple(_zones(PAIRS, token, SHORT) for token in tokens), most(len(tokens)))
    return Best((anyhow, Phrase(f"body_{PAIRS}", tokens)), TIE)


def most(count: int) -> int:
    """Return how many of `count` pairs must be there: two thirds, rounded up."""
    return max(1, -(-count * 2 // 3))


def _across(concepts: tuple[Concept, ...]) -> list[Node]:
    """Pairs that join two neighbours: they tell order, and are needed for nothing."""
    return [
        Boost(_zones(PAIRS, first.text[-1] + second.text[0]), ACROSS)
        for first, second in pairwise(concepts)
        if first.text and second.text
    ]


def _whole(reading: Reading) -> list[Node]:
    """The name or run as a whole in a title."""
    found: list[Node] = []
    for concept in reading.concepts:
        for text in dict.fromkeys((concept.text, *(part.guessed for part in (concept, *concept.parts)))):
            if len(text) > 2 and not concept.tells_little:
                tokens = tuple(map("".join, pairwise(text)))
                found.append(Boost(Phrase(f"title_{PAIRS}", tokens), WHOLE_IN_TITLE))
    return found


def any_character(reading: Reading) -> Node | None:
    """Make a plan of single characters, half of which must be there: for what is found no other way."""
    characters = list(
        dict.fromkeys(unit.character for concept in reading.concepts for unit in concept.units if unit.character)
    )
    if not characters:
        return None
    return Sum(tuple(_zones(CHARACTERS, character) for character in characters), max(1, len(characters) // 2))
