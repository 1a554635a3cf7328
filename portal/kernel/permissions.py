"""May this actor do that? Yes, or no with a reason that can be read out.

An app declares its permissions as a ``StrEnum``, builds a rule for each from named
predicates, and registers the table. Predicates read loaded attributes and never query;
each listable permission has a queryset twin ``visible_to(actor)``, in the app's queries, or on the
manager where the model alone decides.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from portal.kernel.actors import Actor


@dataclass(frozen=True)
class Reason:
    """Why not: a stable code for logs and tests, a sentence (translated lazily) for people."""

    code: str
    sentence: Any

    def __str__(self) -> str:
        return str(self.sentence)


@dataclass(frozen=True)
class Decision:
    """The answer to "may I?": truthy when allowed, else it carries the reason."""

    allowed: bool
    reason: Reason | None = None

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Decision(True)


class NotAllowed(Exception):
    """Raised by an action that the actor may not take now; shown to the user as a sentence."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


@dataclass(frozen=True)
class Rule:
    """A predicate over (actor, object) that knows why it says no. Combine with ``&`` and ``|``."""

    decide: Callable[[Actor, Any], Decision]

    def __and__(self, other: "Rule") -> "Rule":
        def both(actor: Actor, obj: Any) -> Decision:
            return self.decide(actor, obj) and other.decide(actor, obj)

        return Rule(both)

    def __or__(self, other: "Rule") -> "Rule":
        def either(actor: Actor, obj: Any) -> Decision:
            # The last refusal is shown: write the most helpful alternative last.
            return self.decide(actor, obj) or other.decide(actor, obj)

        return Rule(either)


def rule(code: str, sentence: Any) -> Callable[[Callable[[Actor, Any], bool]], Rule]:
    """Make a `Rule` of a yes/no function; `code` and `sentence` are its refusal."""

    def wrap(predicate: Callable[[Actor, Any], bool]) -> Rule:
        refusal = Decision(False, Reason(code, sentence))

        def decide(actor: Actor, obj: Any) -> Decision:
            return ALLOWED if predicate(actor, obj) else refusal

        return Rule(decide)

    return wrap


class UnknownPermission(LookupError):
    """Raised when a permission is asked that no app has registered."""


_policy: dict[StrEnum, Rule] = {}


def register(table: Mapping[Any, Rule]) -> None:
    """Add an app's permissions to the policy; a permission may be registered once."""
    for permission, permission_rule in table.items():
        if permission in _policy and _policy[permission] is not permission_rule:
            raise ValueError(f"{permission} is registered twice")
        _policy[permission] = permission_rule


def can(actor: Actor, permission: StrEnum, obj: Any = None) -> Decision:
    """Decide whether `actor` has `permission` on `obj`. Runs no query."""
    try:
        permission_rule = _policy[permission]
    except KeyError:
        raise UnknownPermission(str(permission)) from None
    return permission_rule.decide(actor, obj)


def demand(actor: Actor, permission: StrEnum, obj: Any = None) -> None:
    """Raise `NotAllowed` unless `actor` has `permission` on `obj`."""
    decision = can(actor, permission, obj)
    if decision.reason is not None:
        raise NotAllowed(decision.reason)
