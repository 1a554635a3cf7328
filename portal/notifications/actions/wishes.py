"""What people choose about their messages. No event: it concerns nobody but the recipient."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from portal.journal.realtime import real_now
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.permissions import demand
from portal.notifications.kinds import UnknownKind, kind_of
from portal.notifications.models import Notice, Preference
from portal.notifications.permissions import P
from portal.notifications.planning import plan_of
from portal.notifications.rules.timing import Quiet, QuietChoice, Rhythm, Wishes


def choose(
    recipient: str,
    *,
    wanted: Mapping[str, Mapping[str, bool]],
    rhythm: Rhythm,
    hour: int,
    weekday: int,
    quiet: QuietChoice,
    own_quiet: Quiet | None,
    by: Actor,
    clock: Clock,
) -> Preference:
    """Save what a recipient has chosen; what is waiting for its hour follows the new choice. Raises NotAllowed.

    wanted: {key of a group: {channel: whether}}, of what was offered: the rest stays as it was.
    own_quiet: with QuietChoice.OWN only.
    """
    with transaction.atomic():
        preference = _locked(recipient)
        now = clock.now()
        demand(by, P.SET_WISHES, recipient)
        for group, channels in wanted.items():
            for channel, on in channels.items():
                _switch(preference, group, channel, on)
        preference.rhythm, preference.hour, preference.weekday = rhythm, hour, weekday
        preference.quiet = quiet
        preference.quiet_from, preference.quiet_until = (own_quiet.start, own_quiet.end) if own_quiet else (None, None)
        preference.save()
        _plan_anew(recipient, preference.wishes, now)
    return preference


def switch(recipient: str, groups: Iterable[str], channel: str, *, on: bool) -> None:
    """Switch a channel of some groups on or off, for whoever holds a link that allows it (see `stopping`)."""
    with transaction.atomic():
        preference = _locked(recipient)
        for group in groups:
            _switch(preference, group, channel, on)
        preference.save(update_fields=["switched_off"])


def forget(recipient: str) -> None:
    """Delete what a recipient has chosen: nobody is left to be told."""
    Preference.objects.filter(recipient=recipient).delete()


def _locked(recipient: str) -> Preference:
    Preference.objects.get_or_create(recipient=recipient)
    return Preference.objects.select_for_update().get(recipient=recipient)


def _switch(preference: Preference, group: str, channel: str, on: bool) -> None:
    off = set(preference.switched_off.get(group, ()))
    (off.discard if on else off.add)(channel)
    preference.switched_off = preference.switched_off | {group: sorted(off)}


def _plan_anew(recipient: str, wishes: Wishes, now: datetime) -> None:
    """Let what waits follow the new choice; what is no longer wanted is left out when its turn comes."""
    for notice in Notice.objects.filter(recipient=recipient, status=Notice.Status.HELD, carrier=None):
        try:
            plan = plan_of(kind_of(notice.kind), notice.channel, wishes, now)
        except UnknownKind:
            continue
        columns: dict[str, Any] = {"held_until": plan.until, "in_digest": plan.in_digest}
        if plan.until is None:
            columns |= {"status": Notice.Status.QUEUED, "due_at": real_now()}
        Notice.objects.filter(pk=notice.pk, status=Notice.Status.HELD, carrier=None).update(**columns)
