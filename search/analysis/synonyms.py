"""Other names of the same thing: what residents say and what offices write.

Shipped with the product in ``synonyms.toml``; editors add groups of their own (`search.models.Synonym`). They
are asked about when a query is read, so that an edited group counts at once and no index is built anew.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from search.analysis.folding import fold
from search.analysis.pinyin import sound_of
from search.analysis.tokens import IS_HAN

SHIPPED = Path(__file__).with_name("synonyms.toml")


@dataclass(frozen=True)
class Synonyms:
    """Which names stand for which. said: {folded term: the folded terms that are looked for too}."""

    said: dict[str, tuple[str, ...]]

    @classmethod
    def of(
        cls, groups: Iterable[Iterable[str]], means: Iterable[tuple[Iterable[str], Iterable[str]]] = ()
    ) -> "Synonyms":
        """Build from groups whose members mean the same, and from pairs (what is said, what is meant)."""
        found: dict[str, dict[str, None]] = {}
        folded = [list(dict.fromkeys(map(fold, group))) for group in groups]
        for group in folded:
            for term in group:
                found.setdefault(term, {}).update(dict.fromkeys(other for other in group if other != term))
        members = {term: group for group in folded for term in group}
        for said, meant in means:
            targets = dict.fromkeys(name for term in map(fold, meant) for name in members.get(term, [term]))
            for term in map(fold, said):
                found.setdefault(term, {}).update({target: None for target in targets if target != term})
        return cls({term: tuple(others) for term, others in found.items()})

    def __or__(self, other: "Synonyms") -> "Synonyms":
        """Return both together."""
        both = {
            term: tuple(dict.fromkeys((*self.said.get(term, ()), *other.said.get(term, ()))))
            for term in self.said.keys() | other.said.keys()
        }
        return Synonyms(both)

    def with_others(self, terms: Iterable[str]) -> tuple[str, ...]:
        """Return terms and then their other names, each once."""
        terms = tuple(terms)
        return tuple(dict.fromkeys((*terms, *(other for term in terms for other in self.said.get(term, ())))))

    @cached_property
    def meant(self) -> frozenset[str]:
        """The terms that others stand for, and that have no other name themselves: words that are no slip of anything."""
        return frozenset(other for others in self.said.values() for other in others) - self.said.keys()

    @cached_property
    def longest(self) -> int:
        """How many characters the longest term has."""
        return max(map(len, self.said), default=0)

    @cached_property
    def spoken(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """Return {sounds: terms} of Chinese terms."""
        found: dict[tuple[str, ...], tuple[str, ...]] = {}
        for term in self.said:
            if all(map(IS_HAN.match, term)):
                sounds = tuple(map(sound_of, term))
                found[sounds] = (*found.get(sounds, ()), term)
        return found

    @cached_property
    def by_sound(self) -> dict[tuple[str, ...], str]:
        """Return {sounds: term} of terms of three characters or more; shorter ones sound like too much."""
        return {sounds: terms[0] for sounds, terms in self.spoken.items() if len(sounds) >= 3}

    @cached_property
    def by_slip(self) -> dict[str, str]:
        """Return {a term less one character: the term} of Chinese terms of four characters or more."""
        return {
            term[:place] + term[place + 1 :]: term
            for term in self.said
            if len(term) >= 4 and all(map(IS_HAN.match, term))
            for place in range(len(term))
        }

    def near(self, text: str) -> str:
        """Return the term that `text` is but for one character wrong, missing or too many; "" where there is none."""
        if len(text) >= 3 and (longer := self.by_slip.get(text, "")) and text not in (longer[1:], longer[:-1]):
            # One missing at an end is no slip: 广场舞 is what it is, and not 跳广场舞.
            return longer
        # One too many is looked for inside only: at an end it would be the neighbour's.
        for place in range(1, len(text) - 1) if len(text) >= 4 else ():
            shorter = text[:place] + text[place + 1 :]
            if shorter in self.said:
                return shorter
        for place in range(len(text)) if len(text) >= 4 else ():
            found = self.by_slip.get(text[:place] + text[place + 1 :], "")
            if _is_one_slip(text, found):
                return found
        return ""

    @cached_property
    def by_letters(self) -> dict[str, tuple[str, ...]]:
        """Return {first letters: terms} of the same terms: gzf is 公租房."""
        found: dict[str, tuple[str, ...]] = {}
        for sounds, term in self.by_sound.items():
            letters = "".join(one[:1] for one in sounds)
            found[letters] = (*found.get(letters, ()), term)
        return found


def _is_one_slip(text: str, term: str) -> bool:
    """Tell whether two texts of one length differ in one character, or in two neighbours that changed places.

    出租登记 is 租赁登记 less one and with another one, and yet it is no slip but something else.
    """
    if len(text) != len(term):
        return False
    wrong = [place for place, (one, other) in enumerate(zip(text, term, strict=True)) if one != other]
    if len(text) < 5 and wrong in ([0], [len(text) - 1]):
        # Of a short name with another end three characters are left, that many names share.
        return False
    return len(wrong) == 1 or (
        len(wrong) == 2
        and wrong[1] - wrong[0] == 1
        and text[wrong[0]] == term[wrong[1]]
        and text[wrong[1]] == term[wrong[0]]
    )


@cache
def shipped() -> Synonyms:
    """Return what is shipped with the product."""
    read = tomllib.loads(SHIPPED.read_text("utf-8"))
    return Synonyms.of(
        (group["terms"] for group in read.get("group", [])),
        ((one["said"], one["means"]) for one in read.get("means", [])),
    )
