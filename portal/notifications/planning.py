"""What a recipient's wishes mean for one message: does it go out, and when."""

from collections.abc import Iterable
from datetime import datetime, time

from django.conf import settings

from portal.notifications.addresses import Channel
from portal.notifications.kinds import Kind
from portal.notifications.rules.choosing import chosen
from portal.notifications.rules.timing import Plan, Quiet, Wishes, planned

# The cheapest first; the inbox is no message.
MESSAGES = (Channel.EMAIL, Channel.SMS)


def ways_of(kind: Kind, reachable: Iterable[Channel]) -> list[str]:
    """Return the channels by which a message of this kind can go to somebody reached over `reachable`."""
    reachable = set(reachable)
    return [way.value for way in MESSAGES if way in reachable and (way != Channel.SMS or kind.sms_template)]


def is_wanted(kind: Kind, channel: str, wishes: Wishes, reachable: Iterable[Channel]) -> bool:
    """Tell whether the message goes out over `channel`."""
    ways = ways_of(kind, reachable)
    return channel in chosen(kind.group.key, must=bool(kind.must), wishes=wishes, reachable=ways)


def plan_of(kind: Kind, channel: str, wishes: Wishes, now: datetime) -> Plan:
    """Return when the message goes out, seen from `now`, the house's time."""
    return planned(
        now,
        wishes,
        urgent=kind.urgent,
        by_email=channel == Channel.EMAIL,
        # What waits for staff waits by their own choice only.
        site_quiet=None if kind.group.for_staff else site_quiet(),
    )


def site_quiet() -> Quiet | None:
    """Return the quiet hours of whoever has chosen nothing, by NOTICES_QUIET_HOURS. Raises ValueError (see `checks`)."""
    text = settings.NOTICES_QUIET_HOURS
    if not text:
        return None
    start, _dash, end = text.partition("-")
    quiet = Quiet(time.fromisoformat(start.strip()), time.fromisoformat(end.strip()))
    if quiet.start == quiet.end:
        raise ValueError("quiet hours end at another time than they begin")
    return quiet
