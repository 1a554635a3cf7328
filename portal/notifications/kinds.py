"""What can be told: apps register their kinds of notice here, this app never learns their names.

register(
    Kind(
        "answers.accepted",
        subject=_("您的问题 {number} 已受理"),
        body=_("{office}已受理您的问题，最迟 {reply_due} 答复。"),
        params={"number": params.CODE, "office": params.OFFICE, "reply_due": params.DEADLINE},
        group=MY_QUESTIONS,
        sms_template="question_accepted",
        url=lambda ref: reverse("answers:case", args=[ref.id]),
    )
)
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from string import Formatter
from typing import Any

from portal.kernel.refs import Ref
from portal.notifications.addresses import PERSON
from portal.notifications.groups import GENERAL, Group, Words
from portal.notifications.params import ImproperParam, Param, plain

# From the reference of the matter to its path, in the present language.
Link = Callable[[Ref], str]
# From references of matters to those of which the notice still holds; asked for several at once.
StillTrue = Callable[[Collection[str]], Collection[str]]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of notice.

    key: stable and dotted; it is kept in rows.
    subject, body: lazily translated, with {placeholders} that params fill. They name nobody.
    sms_template: key of a registered SMS template whose params are among ours; "" = never by SMS.
    url: where the matter is; None when there is nothing to open. It must not query: a list asks it for each row.
    url_without_account: where recipients who cannot sign in find it, if that is another page.
    good_for: after so much of the house's time it is no longer sent (a reminder of a day that has
    passed would be untrue); it stays in the inbox. None = always.
    still_true: asked before it is sent; what somebody has done meanwhile is not sent as still to be
    done. None = it tells of what has happened, which stays true.
    group: what people choose about it as.
    urgent: it would be of no use later, so it passes quiet hours and digests.
    must: what it is, in two or three words, when the recipient has a right to it or a duty hangs on
    it; then one channel carries it whatever they have switched off. "" = it can be switched off.
    """

    key: str
    subject: Words
    body: Words
    params: Mapping[str, Param] = field(default_factory=dict)
    sms_template: str = ""
    url: Link | None = None
    url_without_account: Link | None = None
    good_for: timedelta | None = None
    still_true: StillTrue | None = None
    group: Group = GENERAL
    urgent: bool = False
    must: Words = ""

    def checked(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """Return `params` as they are kept. Raises ImproperParam unless they are exactly what this kind declares."""
        kept = {name: plain(value) for name, value in params.items()}
        if kept.keys() != self.params.keys():
            wrong = ", ".join(sorted(kept.keys() ^ self.params.keys()))
            raise ImproperParam(f"{self.key}: params missing or not declared: {wrong}")
        for name, value in kept.items():
            if not self.params[name].allows(value):
                # The value stays out of the message: it may be what must not be told.
                raise ImproperParam(f"{self.key}: {name} is no {type(self.params[name]).__name__}")
        return kept

    def path(self, ref: Ref, recipient: Ref) -> str:
        """Return where `recipient` finds the matter, "" when there is nothing to open."""
        link = self.url if recipient.kind == PERSON else self.url_without_account or self.url
        return link(ref) if link else ""


class UnknownKind(LookupError):
    """Raised for a kind that no app has registered."""


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known. Raises ValueError when another one has its key."""
    if kind.key in _kinds and _kinds[kind.key] != kind:
        raise ValueError(f"two kinds of notice are called {kind.key}")
    _kinds[kind.key] = kind
    return kind


def kind_of(key: str) -> Kind:
    """Return the kind called `key`. Raises UnknownKind."""
    try:
        return _kinds[key]
    except KeyError:
        raise UnknownKind(key) from None


def kinds() -> list[Kind]:
    """Return every registered kind, by key."""
    return [_kinds[key] for key in sorted(_kinds)]


def kinds_in(group: Group) -> list[Kind]:
    """Return the kinds of a group, in the order in which they were registered."""
    return [kind for kind in _kinds.values() if kind.group == group]


def placeholders(words: Words) -> set[str]:
    """Return the names of the placeholders in `words`, in the present language."""
    return {name for _text, name, _spec, _conversion in Formatter().parse(str(words)) if name is not None}
