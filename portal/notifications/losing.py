"""Giving a message up: noted in its row, and told to the app of the matter when nothing else carries it."""

from collections.abc import Iterable

from portal.journal.publishing import publish_batch
from portal.kernel import clock
from portal.kernel.actors import system
from portal.notifications.addresses import Channel
from portal.notifications.events import NoticeLost
from portal.notifications.kinds import UnknownKind, kind_of
from portal.notifications.models import Notice

ON_ITS_WAY = (Notice.Status.HELD, Notice.Status.QUEUED, Notice.Status.SENT)


def tell_of_lost(notices: Iterable[Notice], reason: str) -> None:
    """Publish those that their recipient has a right to and that no other channel carries. Call it last, in the
    transaction that has given them up: it holds the journal's lock until commit.
    """
    lost = [notice for notice in notices if _is_owed(notice) and not _has_another_way(notice)]
    publish_batch(
        [
            (
                f"portal.notifications.notice:{notice.pk}",
                [
                    NoticeLost(
                        ref=notice.ref,
                        recipient=notice.recipient,
                        kind=notice.kind,
                        channel=notice.channel,
                        reason=reason,
                    )
                ],
            )
            for notice in lost
        ],
        by=system("worker"),
        at=clock.installed().now(),
    )


def _is_owed(notice: Notice) -> bool:
    try:
        return bool(kind_of(notice.kind).must)
    except UnknownKind:
        return False


def _has_another_way(notice: Notice) -> bool:
    """Tell whether an e-mail or text message of the same event is on its way or has arrived; an inbox waits."""
    same = Notice.objects.filter(position=notice.position, recipient=notice.recipient, status__in=ON_ITS_WAY)
    return same.exclude(channel=Channel.INBOX).exists()
