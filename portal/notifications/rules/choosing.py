"""Over which channels a message goes to somebody who has chosen."""

from collections.abc import Sequence

from portal.notifications.rules.timing import Wishes


def chosen(group: str, *, must: bool, wishes: Wishes, reachable: Sequence[str]) -> frozenset[str]:
    """Return the channels a message of `group` goes over.

    reachable: the channels there are for this kind and recipient, the cheapest first.
    must: the recipient has a right to it, so it goes over the cheapest when none was left on.
    """
    left_on = frozenset(reachable) - wishes.off.get(group, frozenset())
    return left_on or frozenset(reachable[:1] if must else ())
