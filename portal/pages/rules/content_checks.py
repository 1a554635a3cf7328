"""What an inspector, and a reader, would find fault with in a page: pure functions over its words, links and dates.

Source of what is looked for: the inspection indicators for government sites (国办秘函〔2019〕19号): no blank and no
stale columns, complete guides without vague demands, no dead links or attachments, a source for each
article. Clause length and preferred terms are ours: plain words, one idea a clause.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from portal.pages.rules.reviews import review_due

# Our numbers: up to 25 characters a clause is read at one go; beyond 60 people lose the thread.
LONG_CLAUSE, OVERLONG_CLAUSE = 25, 60
QUOTED = 24  # characters of a passage that are shown so that it can be found

# Fields in which applicants read what to bring or meet, "rows.column" where they stand in rows: they may not be vague.
DEMANDS = frozenset({"conditions", "materials.name", "materials.note"})
# Rows that quote what somebody else has written: their wording is not ours to judge.
QUOTING = frozenset({"bases"})
# "Other materials", "and so on": whoever reads it cannot know what to bring. The English guides have their own ways.
CATCH_ALL = (
    re.compile(r"其[他它余][^，。；：、\s]{0,12}?(?:材料|资料|文件|证件|证明|手续|条件|情形)"),
    re.compile(r"等(?:有关|相关|其他|其它|必要|所需)?的?(?:申请)?(?:材料|资料|文件|证件|证明|手续)"),
    re.compile(r"(?:有关|相关)(?:部门|单位|机关)?(?:要求|规定|认为)[^，。；：\s]{0,8}?(?:材料|资料|文件|证件|证明)"),
    re.compile(
        r"\b(?:any )?other (?:\w+ ){0,3}?(?:documents?|materials?|papers?|evidence|conditions?)\b", re.IGNORECASE
    ),
    re.compile(r"\betc\b\.?|\band so on\b", re.IGNORECASE),
)
# A law is called what it is called.
TITLE_OF_A_WORK = re.compile(r"《[^》]*》")
END_OF_CLAUSE = re.compile(r"[，。；：？！、（）「」“”…—\n,;:?!()]+|\.(?:\s|$)")
# A Chinese character counts as one, and so does a word or number in Latin letters.
UNIT = re.compile(r"[\u3400-\u9fff]|[A-Za-z0-9][A-Za-z0-9.'’-]*")


class Level(StrEnum):
    """How bad it is: an error cannot be published, a warning ought to be mended, a hint is for the writer to judge."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Check(StrEnum):
    """What is looked for."""

    CATCH_ALL = "catch_all"
    MISSING_ELEMENT = "missing_element"
    DEAD_LINK = "dead_link"
    DEAD_DOCUMENT = "dead_document"
    NO_SOURCE = "no_source"
    NO_ALT_TEXT = "no_alt_text"
    TERM = "term"
    LONG_CLAUSE = "long_clause"
    OVERLONG_CLAUSE = "overlong_clause"
    REVIEW_OVERDUE = "review_overdue"
    STALE_COLUMN = "stale_column"
    EMPTY_COLUMN = "empty_column"
    NO_TRANSLATION = "no_translation"


LEVELS: Mapping[Check, Level] = {
    Check.CATCH_ALL: Level.ERROR,
    Check.LONG_CLAUSE: Level.HINT,
    Check.NO_TRANSLATION: Level.HINT,
}


@dataclass(frozen=True)
class Text:
    """Words of one field.

    field: its name on the page, or of the rows it stands in. label: what editors call it. row: which
    row, from 0; None for a field of the page itself. column: the row's field.
    is_demand: applicants must meet or bring it, so that it may not be vague.
    """

    field: str
    label: Any
    words: str
    row: int | None = None
    column: str = ""
    is_demand: bool = False


@dataclass(frozen=True)
class Link:
    """A link to a page (or a document) of the site. target: its id, None where the editor has left none."""

    label: Any
    target: int | None
    words: str = ""
    is_document: bool = False


@dataclass(frozen=True)
class Term:
    """A word that the city no longer uses. preferred: what it says instead; "" where it says nothing."""

    avoided: str
    preferred: str
    reason: str = ""


@dataclass(frozen=True)
class Column:
    """A page that lists others. latest: day of the newest one, None where there is none. idle: how long it may rest."""

    latest: date | None
    idle: timedelta | None = None


@dataclass(frozen=True)
class Content:
    """A page as the checks read it. missing: what editors call the elements that it lacks."""

    texts: tuple[Text, ...] = ()
    links: tuple[Link, ...] = ()
    pictures_without_words: tuple[Any, ...] = ()
    missing: tuple[Any, ...] = ()
    lacks_source: bool = False
    lacks_translation: bool = False
    verified_on: date | None = None
    review_months: int = 0
    column: Column | None = None


@dataclass(frozen=True)
class Known:
    """What a page is held against. pages, documents: ids of those that readers can open."""

    today: date
    terms: tuple[Term, ...] = ()
    pages: Set[int] = frozenset()
    documents: Set[int] = frozenset()


@dataclass(frozen=True)
class Finding:
    """Something to look at. label: where; quote: the words; params: what its sentence names besides."""

    check: Check
    label: Any = ""
    quote: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    text: Text | None = None

    @property
    def level(self) -> Level:
        """How bad it is."""
        return LEVELS.get(self.check, Level.WARNING)


def findings(content: Content, known: Known) -> list[Finding]:
    """Return all there is to say about a page, the worst first."""
    found = [
        *catch_all_wording(content.texts),
        *(Finding(Check.MISSING_ELEMENT, label) for label in content.missing),
        *dead_links(content.links, known),
        *([Finding(Check.NO_SOURCE)] if content.lacks_source else []),
        *(Finding(Check.NO_ALT_TEXT, label) for label in content.pictures_without_words),
        *terms_to_replace(content.texts, known.terms),
        *long_clauses(content.texts),
        *overdue_review(content, known.today),
        *resting_column(content.column, known.today),
        *([Finding(Check.NO_TRANSLATION)] if content.lacks_translation else []),
    ]
    return sorted(found, key=lambda finding: list(Level).index(finding.level))


def catch_all_wording(texts: Iterable[Text]) -> Iterator[Finding]:
    """Yield each demand that leaves open what is demanded, such as 其他材料."""
    for text in texts:
        if text.is_demand:
            for phrase in vague_phrases(text.words):
                yield Finding(Check.CATCH_ALL, text.label, phrase, text=text)


def vague_phrases(words: str) -> list[str]:
    """Return the catch-all phrases in `words`, each once, in order."""
    plain = TITLE_OF_A_WORK.sub(" ", words)
    found = sorted((match.start(), match[0]) for pattern in CATCH_ALL for match in pattern.finditer(plain))
    phrases = list(dict.fromkeys(phrase for _place, phrase in found))
    return [one for one in phrases if not any(one != other and one in other for other in phrases)]


def dead_links(links: Iterable[Link], known: Known) -> Iterator[Finding]:
    """Yield links that readers cannot follow: to a page that is not public any more, to a file that is gone."""
    for link in links:
        if link.target not in (known.documents if link.is_document else known.pages):
            yield Finding(Check.DEAD_DOCUMENT if link.is_document else Check.DEAD_LINK, link.label, _quote(link.words))


def terms_to_replace(texts: Iterable[Text], terms: Iterable[Term]) -> Iterator[Finding]:
    """Yield each avoided term once per field; inside its preferred form and in titles of works it may stand."""
    terms = tuple(terms)
    for text in texts:
        plain = TITLE_OF_A_WORK.sub(" ", text.words)
        for term in terms:
            if _uses(plain, term):
                params = {"preferred": term.preferred, "reason": term.reason}
                yield Finding(Check.TERM, text.label, term.avoided, params, text)


def _uses(words: str, term: Term) -> bool:
    # "The disabled" must not be found in "the disabled-access ramp", nor "alien" in "inalienable".
    rest = words.replace(term.preferred, " ") if term.preferred else words
    if term.avoided.isascii():
        return bool(re.search(rf"(?<![\w-]){re.escape(term.avoided)}(?![\w-])", rest, re.IGNORECASE))
    return term.avoided in rest


def long_clauses(texts: Iterable[Text]) -> Iterator[Finding]:
    """Yield the longest clause of each field that has one too long."""
    for text in texts:
        clause = max(clauses(text.words), key=length, default="")
        if (count := length(clause)) > LONG_CLAUSE:
            check = Check.OVERLONG_CLAUSE if count > OVERLONG_CLAUSE else Check.LONG_CLAUSE
            yield Finding(check, text.label, _quote(clause), {"count": count}, text)


def clauses(words: str) -> list[str]:
    """Return what stands between two marks of punctuation; the title of a work counts as a word."""
    return [clause for part in END_OF_CLAUSE.split(TITLE_OF_A_WORK.sub("X", words)) if (clause := part.strip())]


def length(clause: str) -> int:
    """Return how long a clause is: characters in Chinese, words in English."""
    return len(UNIT.findall(clause))


def overdue_review(content: Content, today: date) -> Iterator[Finding]:
    """Yield one finding when nobody has verified the page in time."""
    if content.verified_on and today > (due := review_due(content.verified_on, content.review_months)):
        yield Finding(Check.REVIEW_OVERDUE, params={"due": due})


def resting_column(column: Column | None, today: date) -> Iterator[Finding]:
    """Yield one finding for a column that is blank, or in which nothing has come out for too long."""
    if column is None:
        return
    if column.latest is None:
        yield Finding(Check.EMPTY_COLUMN)
    elif column.idle and today - column.latest > column.idle:
        yield Finding(Check.STALE_COLUMN, params={"latest": column.latest, "days": column.idle.days})


def _quote(words: str) -> str:
    return words if len(words) <= QUOTED else f"{words[:QUOTED]}…"
