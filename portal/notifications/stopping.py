"""The link at the end of a mail that stops mails of its kind, without signing in.

It holds the number of the notice under a signature of a purpose of its own, and nothing else: it
names neither person nor matter, signs nobody in, and opens only the page that stops and resumes
(RFC 8058 asks for one that works without a session). A changed SECRET_KEY keeps old links alive
while the old key stands in SECRET_KEY_FALLBACKS. A link ends with its notice, which goes when a
person's data are erased, and after `LIVES`: by then its mailbox may be somebody else's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from portal.notifications.groups import Group
from portal.notifications.kinds import UnknownKind, Words, kind_of, kinds_in
from portal.notifications.models import Notice

LIVES = timedelta(days=365)
# So that a number never looks like a code to somebody, or to a program, that looks for one in a mail.
PREFIX = "n"


class BadLink(ValueError):
    """Raised for a link that we have not written."""


class DeadLink(LookupError):
    """Raised for a link that was ours and no longer holds."""


@dataclass(frozen=True)
class Letter:
    """A mail that went to somebody, as its link sees it.

    groups: what it can stop, those of all the notices in it; none when all of it must be sent.
    """

    recipient: str
    language: str
    groups: list[Group]

    @property
    def musts(self) -> list[Words]:
        """In words, what comes from these groups in any case."""
        return list(dict.fromkeys(kind.must for group in self.groups for kind in kinds_in(group) if kind.must))


def token_for(notice_id: int) -> str:
    """Return what stands in the link."""
    return _signer().sign(f"{PREFIX}{notice_id}")


def link_for(notice: Notice) -> str:
    """Return the whole address, on the site's configured host and in the present language."""
    return urljoin(settings.BASE_URL, reverse("notice_stop", args=[token_for(notice.pk)]))


def letter_of(notice: Notice) -> Letter:
    """Return the mail for which `notice` stands: of a digest, the one that carries the others."""
    notices = [notice, *notice.carried.order_by("pk")] if notice.in_digest else [notice]
    groups = {group.key: group for group in _groups(notices)}
    return Letter(notice.recipient, notice.language, sorted(groups.values(), key=lambda group: group.order))


def read_link(token: str, now: datetime) -> Letter:
    """Return the mail a link came with. now: the house's time. Raises BadLink, DeadLink."""
    try:
        pk = int(_signer().unsign(token).removeprefix(PREFIX))
    except (BadSignature, ValueError):
        raise BadLink from None
    notice = Notice.objects.filter(pk=pk).first()
    if notice is None or now - notice.created_at > LIVES:
        raise DeadLink
    return letter_of(notice)


def _groups(notices: list[Notice]) -> Iterator[Group]:
    for notice in notices:
        try:
            group = kind_of(notice.kind).group
        except UnknownKind:
            continue
        if not all(kind.must for kind in kinds_in(group)):
            yield group


def _signer() -> Signer:
    return Signer(salt="portal.notifications.stop", sep=".")
