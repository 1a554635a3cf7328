"""What is searched: a document as an app gives it, and the tokens that engines index of it."""

from dataclasses import dataclass
from datetime import date

from search.analysis import tokens

# Where words of a query are looked for, and what a find is worth there.
ZONES = {"title": 3.0, "keywords": 2.0, "body": 1.0}
# Fields that hold tokens parted by spaces, by zone: pairs and words, single characters, pairs of sounds.
PAIRS, CHARACTERS, SOUNDS = "pairs", "characters", "sounds"
TOKEN_FIELDS = [
    *(f"{zone}_{stream}" for zone in ZONES for stream in (PAIRS, CHARACTERS, SOUNDS)),
    "title_skips",
    "title_letters",
]
# In these the order of tokens is kept, for phrases.
IN_ORDER = [*(f"{zone}_{PAIRS}" for zone in ZONES), "title_letters"]
# Fields with one exact value, by which results are narrowed and counted.
FACETS = ("kind", "office", "year")
EXACT_FIELDS = ("id", "language", "audience", *FACETS)
EVERYBODY = "everybody"
ORIGINAL = "zh-Hans"  # the language in which everything is written first


@dataclass(frozen=True)
class Document:
    """A document. id: stays, such as ``pages.guidepage:12``; keywords: plain and other names, parted by spaces;
    audience: who may find it, `EVERYBODY` or a name its app gives meaning; published: its date for people, local;
    weight: a factor of its score, how much better it is than others that match as well; from 0.25 to 10.
    """

    id: str
    kind: str
    title: str
    body: str = ""
    keywords: str = ""
    language: str = ORIGINAL
    office: str = ""
    audience: str = EVERYBODY
    published: date | None = None
    weight: float = 1.0

    @property
    def exact(self) -> dict[str, str]:
        """The values of `EXACT_FIELDS`."""
        year = str(self.published.year) if self.published else ""
        known = {name: getattr(self, name) for name in EXACT_FIELDS if name != "year"}
        return known | {"year": year}

    @property
    def day(self) -> int:
        """The date as days since the beginning of the calendar, 0 for none: what results are sorted by."""
        return self.published.toordinal() if self.published else 0

    def tokens(self) -> dict[str, str]:
        """The values of `TOKEN_FIELDS`."""
        found = {"title_skips": tokens.skips(self.title), "title_letters": tokens.first_letters(self.title)}
        for zone in ZONES:
            text = getattr(self, zone)
            found[f"{zone}_{PAIRS}"] = tokens.pairs(text)
            found[f"{zone}_{CHARACTERS}"] = tokens.characters(text)
            found[f"{zone}_{SOUNDS}"] = tokens.sounds(text, by_words=zone != "body")
        return found
