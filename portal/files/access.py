"""Who may open a file: asked of the app that owns what the file hangs on.

This storey does not know questions or bids; each owner registers the rule for its kind.
"""

from collections.abc import Callable

from portal.kernel.actors import Actor
from portal.kernel.permissions import Decision
from portal.kernel.refs import Ref

MayOpen = Callable[[Actor, Ref], Decision]

_rules: dict[str, MayOpen] = {}
_NO = Decision(False)


def register(kind: str, rule: MayOpen) -> None:
    """Let `rule` decide about the files of aggregates of `kind`, such as ``portal.answers.question``."""
    if _rules.get(kind, rule) is not rule:
        raise ValueError(f"the files of {kind} have two rules")
    _rules[kind] = rule


def may_open(actor: Actor, ref: str) -> Decision:
    """Decide whether `actor` may open the files of `ref`. Nobody opens a draft's, nor an unknown kind's."""
    try:
        owner = Ref.parse(ref)
    except ValueError:
        return _NO
    rule = _rules.get(owner.kind)
    return rule(actor, owner) if rule else _NO
