"""Who acts: a person with grants, nobody in particular, or the system itself."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """The three kinds of actor a journal entry can name."""

    PERSON = "person"
    ANONYMOUS = "anonymous"
    SYSTEM = "system"


@dataclass(frozen=True)
class Grant:
    """A role held at an office; it reaches down the tree by path prefix.

    office_path: the office's materialised path; every office below starts with it.
    """

    role: str
    office_id: str
    office_path: str


@dataclass(frozen=True)
class Actor:
    """Everything a permission may ask about the one who acts, loaded beforehand.

    id: the person's UUID as text, or the name of a system process, or "" for anonymous.
    grants: roles held now, those of a stood-in-for colleague included.
    tracked: ids of the questions whose tracking code this session has shown.
    """

    kind: ActorKind = ActorKind.ANONYMOUS
    id: str = ""
    grants: tuple[Grant, ...] = ()
    tracked: frozenset[str] = frozenset()
    is_administrator: bool = False

    @property
    def is_person(self) -> bool:
        """Tell whether somebody has signed in."""
        return self.kind is ActorKind.PERSON

    @property
    def is_staff(self) -> bool:
        """Tell whether the person holds a role at any office."""
        return bool(self.grants) or self.is_administrator

    def holds(self, role: str, office_id: str) -> bool:
        """Tell whether the actor holds `role` at exactly this office."""
        return any(grant.role == role and grant.office_id == office_id for grant in self.grants)

    def holds_above(self, role: str, office_path: str) -> bool:
        """Tell whether the actor holds `role` at this office or one above it."""
        return any(grant.role == role and office_path.startswith(grant.office_path) for grant in self.grants)

    def holds_anywhere(self, *roles: str) -> bool:
        """Tell whether the actor holds one of `roles` at any office."""
        return any(grant.role in roles for grant in self.grants)

    def paths(self, *roles: str) -> tuple[str, ...]:
        """Return the paths of the offices at which the actor holds one of `roles`."""
        return tuple(grant.office_path for grant in self.grants if grant.role in roles)

    def office_ids(self, *roles: str) -> tuple[str, ...]:
        """Return the ids of the offices at which the actor holds one of `roles`."""
        return tuple(grant.office_id for grant in self.grants if grant.role in roles)


ANONYMOUS = Actor()


def system(name: str) -> Actor:
    """Return the actor for a process of ours, such as ``system("clock")``."""
    return Actor(kind=ActorKind.SYSTEM, id=name)
