"""When a message goes out: at once, after the quiet hours, or in the next digest.

Hours are local, Asia/Shanghai; instants are aware. Nothing here knows what a message says.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum

from portal.kernel.clock import SHANGHAI
from portal.kernel.workdays import ONE_DAY, local_date

MORNING = 8  # the hour at which a digest goes out unless another one was chosen


class Rhythm(StrEnum):
    """How often e-mails come."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


class QuietChoice(StrEnum):
    """Whose quiet hours hold: the site's, none, or one's own."""

    SITE = "site"
    NONE = "none"
    OWN = "own"


@dataclass(frozen=True)
class Quiet:
    """Hours in which nothing rings, from `start` to before `end`; they may span midnight."""

    start: time
    end: time

    def ends_at(self, now: datetime) -> datetime | None:
        """Return when the quiet hours that hold at `now` end; None outside them."""
        local = now.astimezone(SHANGHAI)
        clock = local.time()
        spans_midnight = self.start > self.end
        if not (clock >= self.start or clock < self.end if spans_midnight else self.start <= clock < self.end):
            return None
        day = local.date() + ONE_DAY if spans_midnight and clock >= self.start else local.date()
        return datetime.combine(day, self.end, SHANGHAI)


@dataclass(frozen=True)
class Wishes:
    """What a recipient has chosen; without arguments, what holds for whoever has chosen nothing.

    off: by key of a group, the channels it does not come over.
    hour, weekday: of the digest; 0 is midnight, and Monday.
    """

    off: Mapping[str, frozenset[str]] = field(default_factory=dict)
    rhythm: Rhythm = Rhythm.AT_ONCE
    hour: int = MORNING
    weekday: int = 0
    quiet: QuietChoice = QuietChoice.SITE
    own_quiet: Quiet | None = None

    def quiet_hours(self, site: Quiet | None) -> Quiet | None:
        """Return the quiet hours that hold where the site's are `site`."""
        return {QuietChoice.SITE: site, QuietChoice.NONE: None, QuietChoice.OWN: self.own_quiet}[self.quiet]


@dataclass(frozen=True)
class Plan:
    """until: the instant before which the message waits, None when it goes out at once."""

    until: datetime | None = None
    in_digest: bool = False


AT_ONCE = Plan()


def planned(now: datetime, wishes: Wishes, *, urgent: bool, by_email: bool, site_quiet: Quiet | None) -> Plan:
    """Decide when a message of `now` goes out.

    urgent: it would be of no use later. A digest comes at the hour that was chosen for it, quiet or not.
    """
    if urgent:
        return AT_ONCE
    if by_email and wishes.rhythm != Rhythm.AT_ONCE:
        return Plan(next_digest(now, wishes), in_digest=True)
    quiet = wishes.quiet_hours(site_quiet)
    return Plan(quiet.ends_at(now)) if quiet else AT_ONCE


def next_digest(now: datetime, wishes: Wishes) -> datetime:
    """Return the instant of the first digest after `now`."""
    day = local_date(now)
    if wishes.rhythm == Rhythm.WEEKLY:
        day += ONE_DAY * ((wishes.weekday - day.weekday()) % 7)
    found = datetime.combine(day, time(wishes.hour), SHANGHAI)
    if found <= now:
        found += ONE_DAY * (7 if wishes.rhythm == Rhythm.WEEKLY else 1)
    return found
