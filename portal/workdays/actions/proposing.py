"""Propose a version of the calendar, or take the proposal back. Neither changes what counts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from portal.journal.publishing import publish
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.permissions import demand
from portal.workdays.actions.locking import AGGREGATE, in_force, lock_calendar, national_years
from portal.workdays.events import CalendarProposed, CalendarWithdrawn
from portal.workdays.models import CalendarDay, CalendarVersion
from portal.workdays.permissions import P
from portal.workdays.rules.notices import Notice, check_notice, check_year
from portal.workdays.states import MACHINE, VersionState


def propose(notice: Notice, *, text: str = "", by: Actor, clock: Clock) -> CalendarVersion:
    """Save a notice as a draft for its layer and year; a second person makes it count.

    text: the document as it was pasted. Raises NotAllowed, NoticeRefused.
    """
    demand(by, P.PROPOSE)
    check_notice(notice)
    with transaction.atomic():
        edition = lock_calendar()
        now = clock.now()
        check_year(notice, national_years(edition))
        replaced = in_force(edition, notice.layer, notice.year)
        version = _save(notice, text, replaced, by, now)
        publish(CalendarProposed(**names_of(version)), about=AGGREGATE, by=by, at=now)
    return version


def withdraw(version_id: int, *, by: Actor, clock: Clock) -> CalendarVersion:
    """Take one's own draft back. Raises NotAllowed, IllegalStep, CalendarVersion.DoesNotExist."""
    with transaction.atomic():
        lock_calendar()
        now = clock.now()
        version = CalendarVersion.objects.get(pk=version_id)
        demand(by, P.WITHDRAW, version)
        version.status = MACHINE.next_state(version.status, "withdraw")
        version.decided_by_id, version.decided_at = UUID(by.id), now
        version.save(update_fields=["status", "decided_by", "decided_at"])
        publish(CalendarWithdrawn(**names_of(version)), about=AGGREGATE, by=by, at=now)
    return version


def names_of(version: CalendarVersion) -> dict[str, Any]:
    """Return what an event says about a version."""
    return {"version": version.pk, "layer": version.layer, "year": version.year, "number": version.number}


def _save(notice: Notice, text: str, replaced: CalendarVersion | None, by: Actor, now: datetime) -> CalendarVersion:
    earlier = CalendarVersion.objects.filter(layer=notice.layer, year=notice.year).aggregate(last=Max("number"))
    version = CalendarVersion.objects.create(
        layer=notice.layer,
        year=notice.year,
        number=(earlier["last"] or 0) + 1,
        status=VersionState.DRAFT,
        announced=True,
        source=notice.source,
        source_en=notice.source_en,
        document_number=notice.document_number,
        announced_on=notice.announced_on,
        address=notice.address,
        text=text,
        replaces=replaced,
        proposed_by_id=UUID(by.id),
        proposed_at=now,
    )
    carried = _carried(replaced) if replaced and notice.amends else {}
    CalendarDay.objects.bulk_create(
        CalendarDay(
            version=version,
            date=day.date,
            kind=day.kind,
            name=day.name,
            name_en=day.name_en,
            named_by_id=carried.get((day.date, day.kind.value, day.name)),
        )
        for day in notice.days
    )
    return version


def _carried(replaced: CalendarVersion) -> dict[tuple[object, str, str], int]:
    """Return which version named each day of the one that is amended."""
    return {(day.date, day.kind, day.name): day.named_by_id or replaced.pk for day in replaced.days.all()}
