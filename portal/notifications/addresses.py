"""How a recipient reference becomes addresses. Apps register who can answer for which kind of reference."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.kernel.refs import Ref

PERSON = "portal.accounts.user"


class Channel(TextChoices):
    """The ways in which somebody can be told. The inbox is the record; the others point to it."""

    INBOX = "inbox", _("站内通知")
    EMAIL = "email", _("电子邮件")
    SMS = "sms", _("短信")


@dataclass(frozen=True)
class Address:
    """One way to reach a recipient.

    value: an e-mail address, a number in E.164, or nothing for the inbox; it never shows in a log.
    language: the one they have chosen, "" when they have not.
    """

    channel: Channel
    value: str = field(default="", repr=False)
    language: str = ""


# Gets the ids of recipients of one kind, all at once; leaves out those who cannot be reached.
Resolver = Callable[[Sequence[str]], Mapping[str, Sequence[Address]]]

_resolvers: dict[str, Resolver] = {}


def person(user_id: object) -> str:
    """Return the reference string of a person with an account."""
    return str(Ref(PERSON, str(user_id)))


class UnknownRecipient(LookupError):
    """Raised for a reference of a kind that no app has registered."""


def register(ref_kind: str, resolver: Resolver) -> None:
    """Let `resolver` answer for references such as ``portal.answers.question:<uuid>``."""
    if ref_kind in _resolvers and _resolvers[ref_kind] is not resolver:
        raise ValueError(f"two resolvers for {ref_kind}")
    _resolvers[ref_kind] = resolver


def addresses(recipients: Iterable[str]) -> dict[str, dict[Channel, Address]]:
    """Look recipients up, each kind of reference at once; at most one address per channel and recipient.

    Raises UnknownRecipient; ValueError for what is no reference.
    """
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    for ref in map(Ref.parse, dict.fromkeys(recipients)):
        by_kind[ref.kind].append(ref.id)
    found = {}
    for kind, ids in by_kind.items():
        if kind not in _resolvers:
            raise UnknownRecipient(kind)
        for identifier, ways in _resolvers[kind](ids).items():
            # The first address of a channel counts, so the resolver's order is its preference.
            found[str(Ref(kind, identifier))] = {way.channel: way for way in reversed(ways)}
    return found
