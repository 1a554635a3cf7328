"""The second person's word: a draft counts from now on, or it never will."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from portal.journal.publishing import publish
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.permissions import NotAllowed, demand
from portal.workdays.actions.locking import AGGREGATE, in_force, lock_calendar
from portal.workdays.actions.proposing import names_of
from portal.workdays.events import CalendarLoaded, CalendarRejected
from portal.workdays.models import CalendarEdition, CalendarVersion
from portal.workdays.permissions import P
from portal.workdays.reasons import OVERTAKEN, REASON_MISSING
from portal.workdays.states import MACHINE


def confirm(version_id: int, *, by: Actor, clock: Clock) -> CalendarVersion:
    """Put a draft into force, in the place of what is in force for its layer and year.

    What it replaces (a provisional year, an earlier notice) stays in the tables as superseded, and
    every earlier edition stays recomputable. Whoever keeps open clocks subscribes to `CalendarLoaded`.
    Raises NotAllowed, IllegalStep, CalendarVersion.DoesNotExist.
    """
    with transaction.atomic():
        edition = lock_calendar()
        now = clock.now()
        version = CalendarVersion.objects.get(pk=version_id)
        demand(by, P.CONFIRM, version)
        target = MACHINE.next_state(version.status, "confirm")
        replaced = in_force(edition, version.layer, version.year)
        if (replaced.pk if replaced else None) != version.replaces_id:
            raise NotAllowed(OVERTAKEN)
        if replaced:
            replaced.status = MACHINE.next_state(replaced.status, "supersede")
            replaced.save(update_fields=["status"])
        version.loaded_at = now
        _decide(version, target, by, now)
        after = CalendarEdition.objects.create(number=edition.number + 1)
        after.versions.set([*(kept for kept in edition.versions.all() if kept != replaced), version])
        publish(
            CalendarLoaded(**names_of(version), replaces=replaced.number if replaced else 0, edition=after.number),
            about=AGGREGATE,
            by=by,
            at=now,
        )
    return version


def reject(version_id: int, *, reason: str, by: Actor, clock: Clock) -> CalendarVersion:
    """Refuse a draft and say why. Raises NotAllowed, IllegalStep, CalendarVersion.DoesNotExist."""
    with transaction.atomic():
        lock_calendar()
        now = clock.now()
        version = CalendarVersion.objects.get(pk=version_id)
        demand(by, P.REJECT, version)
        target = MACHINE.next_state(version.status, "reject")
        if not reason.strip():
            raise NotAllowed(REASON_MISSING)
        version.reason = reason.strip()
        _decide(version, target, by, now)
        publish(CalendarRejected(**names_of(version)), about=AGGREGATE, by=by, at=now)
    return version


def _decide(version: CalendarVersion, target: str, by: Actor, now: datetime) -> None:
    version.status = target
    version.decided_by_id, version.decided_at = UUID(by.id), now
    version.save(update_fields=["status", "decided_by", "decided_at", "reason", "loaded_at"])
