"""The one way to change the calendar: load a notice."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from portal.journal.publishing import publish
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.permissions import demand
from portal.workdays.events import CalendarLoaded
from portal.workdays.models import CalendarDay, CalendarEdition, CalendarVersion
from portal.workdays.permissions import P
from portal.workdays.rules.notices import Notice, check_notice, check_year

AGGREGATE = "portal.workdays.calendar:1"


def load_year(notice: Notice, *, by: Actor, clock: Clock) -> CalendarVersion:
    """Put a notice into force for its layer and year, in the place of what was in force there.

    What it replaces (a provisional year, an earlier notice) stays in the tables as superseded,
    and every earlier edition stays recomputable. Whoever keeps open clocks subscribes to
    `CalendarLoaded`. Raises NotAllowed, NoticeRefused.
    """
    demand(by, P.LOAD_NOTICE)
    check_notice(notice)
    with transaction.atomic():
        # The first edition's row is the lock of the whole calendar: two loads side by side
        # would each make an edition without the other's notice.
        CalendarEdition.objects.select_for_update().get(number=1)
        now = clock.now()
        latest = CalendarEdition.objects.latest("number")
        in_force = list(latest.versions.all())
        check_year(notice, {version.year for version in in_force if version.layer == "national"})
        replaced = [version for version in in_force if (version.layer, version.year) == (notice.layer, notice.year)]
        CalendarVersion.objects.filter(pk__in=[version.pk for version in replaced]).update(
            status=CalendarVersion.Status.SUPERSEDED
        )
        version = _save(notice, now)
        edition = CalendarEdition.objects.create(number=latest.number + 1)
        edition.versions.set([kept for kept in in_force if kept not in replaced] + [version])
        publish(
            CalendarLoaded(
                layer=version.layer,
                year=version.year,
                number=version.number,
                replaces=replaced[0].number if replaced else 0,
                edition=edition.number,
            ),
            about=AGGREGATE,
            by=by,
            at=now,
        )
    return version


def _save(notice: Notice, now: datetime) -> CalendarVersion:
    earlier = CalendarVersion.objects.filter(layer=notice.layer, year=notice.year).aggregate(last=Max("number"))
    version = CalendarVersion.objects.create(
        layer=notice.layer,
        year=notice.year,
        number=(earlier["last"] or 0) + 1,
        status=CalendarVersion.Status.ACTIVE,
        announced=True,
        source=notice.source,
        source_en=notice.source_en,
        document_number=notice.document_number,
        announced_on=notice.announced_on,
        address=notice.address,
        loaded_at=now,
    )
    CalendarDay.objects.bulk_create(
        CalendarDay(version=version, date=day.date, kind=day.kind, name=day.name, name_en=day.name_en)
        for day in notice.days
    )
    return version
