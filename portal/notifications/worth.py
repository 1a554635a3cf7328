"""Why a message does not go out after all: asked when its turn has come, for much can have happened since."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from portal.notifications.addresses import Channel
from portal.notifications.kinds import UnknownKind, kind_of
from portal.notifications.models import Notice
from portal.notifications.outcomes import DONE, NO_WORDS, OUTDATED, UNWANTED
from portal.notifications.planning import is_wanted
from portal.notifications.rules.timing import Wishes


def why_not(notices: Sequence[Notice], wishes: Wishes, reachable: Iterable[Channel], now: datetime) -> dict[int, str]:
    """Return the codes of those that no longer go out, by id; the others are not in it.

    notices: to one recipient. Raises UnknownKind for a notice that goes out by itself: its app may
    come back; in a digest it must not keep the others waiting.
    """
    found, asked = {}, defaultdict(list)
    for notice in notices:
        try:
            kind = kind_of(notice.kind)
        except UnknownKind:
            if len(notices) == 1:
                raise
            found[notice.pk] = NO_WORDS
            continue
        if kind.good_for is not None and now - notice.created_at > kind.good_for:
            found[notice.pk] = OUTDATED
        elif not is_wanted(kind, notice.channel, wishes, reachable):
            found[notice.pk] = UNWANTED
        elif kind.still_true:
            asked[kind.key].append(notice)
    return found | _done(asked)


def _done(asked: Mapping[str, list[Notice]]) -> dict[int, str]:
    """Return those whose matter has moved on; each kind asks once for all of its own."""
    found = {}
    for key, notices in asked.items():
        still_true = kind_of(key).still_true
        holds = set(still_true({notice.ref for notice in notices})) if still_true else set()
        found.update({notice.pk: DONE for notice in notices if notice.ref not in holds})
    return found
