"""Who can apply for a service, and what they need to bring: from two to five answers to a personal checklist.

Entitlements differ by the class of a new resident's permit and by whether it is active: a
residence permit that was not endorsed within its year is dormant, its functions are suspended
until it is endorsed again (居住证暂行条例, State Council Order No. 663, arts. 10 and 12–13: rights
and conveniences of holders; yearly endorsement). Which class gets what is the guide's to say.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

# More questions than this, and people give up: the guide has to be cut in two.
MOST_QUESTIONS = 5
KIND, AGE = "kind", "age"


class Kind(StrEnum):
    """What an applicant is to the district."""

    REGISTERED = "registered"
    PERMIT = "permit"
    PERMIT_DORMANT = "permit_dormant"
    TEMPORARY = "temporary"
    TEMPORARY_DORMANT = "temporary_dormant"
    ELSEWHERE = "elsewhere"
    ORGANIZATION = "organization"


class Outcome(StrEnum):
    """Whether an applicant can apply."""

    YES = "yes"
    LIMITED = "limited"
    NO = "no"


@dataclass(frozen=True)
class Applicant:
    """What somebody has said of themselves. age: full years; has: the keys of what they said yes to."""

    kind: Kind
    age: int | None = None
    has: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Condition:
    """For whom something holds; an empty part asks nothing.

    age_from, age_to: full years, both inclusive. has, lacks: keys of the guide's own questions.
    """

    kinds: frozenset[Kind] = frozenset()
    age_from: int | None = None
    age_to: int | None = None
    has: str = ""
    lacks: str = ""

    @property
    def asks_anything(self) -> bool:
        """Tell whether it makes a difference between people."""
        return self != Condition()

    def fits(self, applicant: Applicant) -> bool:
        """Tell whether it holds for an applicant; an age that was not asked fits every bound."""
        age = applicant.age
        return (
            (not self.kinds or applicant.kind in self.kinds)
            and (age is None or self.age_from is None or age >= self.age_from)
            and (age is None or self.age_to is None or age <= self.age_to)
            and (not self.has or self.has in applicant.has)
            and (not self.lacks or self.lacks not in applicant.has)
        )


@dataclass(frozen=True)
class Entitlement:
    """What applicants of a sort get. The first one that fits counts."""

    condition: Condition
    outcome: Outcome
    explanation: str = ""


@dataclass(frozen=True)
class Item:
    """Something to bring. key: whatever the caller knows it by."""

    key: int
    condition: Condition


@dataclass(frozen=True)
class Checklist:
    """The answer to "who can apply, what do I need". items: keys, in the guide's order; none where nobody can apply."""

    outcome: Outcome
    explanation: str
    items: tuple[int, ...]


def checklist(applicant: Applicant, entitlements: Sequence[Entitlement], items: Sequence[Item]) -> Checklist:
    """Return what one applicant gets and needs. A guide without entitlements is open to everybody."""
    found = next((entry for entry in entitlements if entry.condition.fits(applicant)), None)
    if found is None:
        found = Entitlement(Condition(), Outcome.NO if entitlements else Outcome.YES)
    needed = () if found.outcome is Outcome.NO else tuple(item.key for item in items if item.condition.fits(applicant))
    return Checklist(found.outcome, found.explanation, needed)


def questions(conditions: Iterable[Condition], asked: Sequence[str]) -> tuple[str, ...]:
    """Return what must be asked: only what some condition turns on, `KIND`, `AGE`, then keys in the order of `asked`."""
    conditions = list(conditions)
    wanted = {key for condition in conditions for key in (condition.has, condition.lacks) if key}
    first = [KIND] if any(condition.kinds for condition in conditions) else []
    first += [AGE] if any(c.age_from is not None or c.age_to is not None for c in conditions) else []
    return (*first, *(key for key in asked if key in wanted))
