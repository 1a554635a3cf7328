"""Makes the plans that engines are asked of what was read: strict, loose, and of single characters. Pure functions.

A concept is met by its own pairs of characters, by characters of the same sound, or by another name of the thing.
The numbers are ours, tried on the graded queries of tests/search/test_relevance.py, which holds them.
"""

import math
from collections.abc import Iterable
from itertools import pairwise

from search.analysis.pinyin import written
from search.analysis.stopwords import LITTLE
from search.analysis.tokens import pairs
from search.documents import CHARACTERS, PAIRS, SOUNDS, ZONES
from search.plan import Best, Bonus, Boost, Node, Phrase, Sum, Term
from search.reading import MOST_LETTERS, MOST_NAMES, Concept, Reading, Unit

# What a find is worth beside a pair of characters that was typed.
SOUND, OTHER_NAME, NAME_BY_SOUND, PERHAPS = 0.5, 0.8, 0.9, 0.4
CHARACTER, SKIP, SWAPPED, ACROSS = 0.25, 0.35, 0.4, 0.6
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


def plan(reading: Reading, share: float = STRICT) -> Node | None:
    """Make the plan of a reading, None where it holds no word. share: of the concepts that must be met."""
    telling = reading.telling
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


def asks_for_all(reading: Reading) -> bool:
    """Tell whether the plan asks for everything that tells much, or for names only and leaves words beside them."""
    are_names = [concept.is_name for concept in reading.telling]
    return all(are_names) or not any(are_names)


def loose_plan(reading: Reading) -> Node | None:
    """Make a plan that any name or pair of characters meets; what the strict plan finds stays in front."""
    strict = plan(reading)
    if strict is None:
        return None
    pieces = [piece for concept in reading.telling for piece in (concept, *concept.parts)]
    names = [piece for piece in pieces if piece.is_name]
    neighbours = [node for piece in pieces for node in _pairs(piece.units, () if piece.is_name else tuple(ZONES))]
    over_one = [node for piece in pieces for node in _over_one(piece)]
    return Sum((Boost(strict, STRICT_FIRST), *_all(names), *neighbours, *over_one))


def any_character(reading: Reading) -> Node | None:
    """Make a plan of single characters, half of which must be there: for what is found no other way."""
    characters = list(
        dict.fromkeys(unit.character for concept in reading.concepts for unit in concept.units if unit.character)
    )
    if not characters:
        return None
    return Sum(tuple(_zones(CHARACTERS, character) for character in characters), max(1, len(characters) // 2))


def _all(concepts: list[Concept]) -> list[Node]:
    return [node for concept in concepts for node in _conditions(concept)]


def _conditions(concept: Concept) -> list[Node]:
    """Return the conditions of a concept: one for a name, one for each pair of what is no name."""
    if concept.letters:
        return [Boost(_letters(concept), NAME if concept.is_name else 1.0)]
    # What is written as the synonyms know it is no slip, so what sounds alike is not looked for.
    own = _pairs(concept.units, SHORT if concept.guessed or not concept.is_name else ())
    if concept.is_name or concept.maybe:
        names: list[Node] = [Sum(tuple(own), _most(len(own)))]
        names += [Boost(node, OTHER_NAME) for node in map(_name, concept.others[:MOST_NAMES]) if node]
        if concept.guessed and (node := _name(concept.guessed)):
            names.append(Boost(node, NAME_BY_SOUND))
        # What was typed in characters is a word of its own more often than a slip of a short name (税务 and 水务).
        by_chance = PERHAPS if concept.text else NAME_BY_SOUND
        names += [Boost(node, by_chance) for node in map(_name, concept.maybe) if node]
        return [Boost(Best(tuple(names), TIE), NAME if concept.is_name else 1.0)]
    return own


def _letters(concept: Concept) -> Node:
    word = concept.letters
    ways: list[Node] = [_zones(PAIRS, word)]
    if spoken := _all(list(concept.parts)):
        ways.append(Sum(tuple(spoken), _most(len(spoken))))
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
    anyhow = Sum(tuple(_zones(PAIRS, token, SHORT) for token in tokens), _most(len(tokens)))
    return Best((anyhow, Phrase(f"body_{PAIRS}", tokens)), TIE)


def _most(count: int) -> int:
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
