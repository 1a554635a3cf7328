"""Tell that a year is missing: once when it is time, once more when it is urgent."""

from django.conf import settings
from django.db import transaction

from portal.journal.publishing import publish
from portal.kernel.actors import system
from portal.kernel.clock import Clock
from portal.kernel.workdays import local_date
from portal.workdays.actions.locking import AGGREGATE
from portal.workdays.events import YearMissing
from portal.workdays.models import YearAlarm
from portal.workdays.queries.years import missing_year

WATCH = system("calendar_watch")


def raise_alarm(clock: Clock) -> int:
    """Publish that a year is missing, unless that has been done; return how many alarms were raised."""
    now = clock.now()
    missing = missing_year(local_date(now), **settings.WORKDAYS_ALARM)
    if missing is None:
        return 0
    with transaction.atomic():
        _alarm, is_new = YearAlarm.objects.get_or_create(
            year=missing.year, urgent=missing.urgent, defaults={"raised_at": now}
        )
        if is_new:
            publish(YearMissing(year=missing.year, urgent=missing.urgent), about=AGGREGATE, by=WATCH, at=now)
    return int(is_new)
