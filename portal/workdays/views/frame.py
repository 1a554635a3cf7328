"""What every page about the calendar has in common."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.headers import staff_header
from portal.kernel.workdays import CalendarGap
from portal.workdays.followers import followers
from portal.workdays.labels import WEEKDAYS
from portal.workdays.queries.calendars import calendar_as_if
from portal.workdays.queries.years import proposed
from portal.workdays.rules.amending import Stretch, stretches
from portal.workdays.rules.notices import Notice
from portal.workdays.rules.year_view import Month


def frame(title: str, *above: tuple[str, str]) -> dict[str, Any]:
    """Return the header's variables. above: address and label of the pages between the list and this one."""
    return staff_header(title, "date", *above) | {"weekdays": WEEKDAYS}


def list_crumb() -> tuple[str, str]:
    """Return the way back to the list."""
    return reverse("workdays:versions"), _("工作日历")


@dataclass(frozen=True)
class Forecast:
    """What confirming would do to one kind of matter."""

    noun: Any
    count: int


@dataclass(frozen=True)
class Preview:
    """A proposal as it would be."""

    months: tuple[Month, ...]
    changes: tuple[Stretch, ...]
    forecasts: tuple[Forecast, ...]


def preview(notice: Notice, now: datetime | None) -> Preview:
    """Return what a notice changes, in days and in dates already promised. now: None asks for the days alone."""
    months, changes = proposed(notice)
    return Preview(months, stretches(changes), tuple(_forecasts(notice, now)) if now else ())


def _forecasts(notice: Notice, now: datetime) -> Iterator[Forecast]:
    days = calendar_as_if(notice)
    for one in followers():
        # A date that leaves the calendar cannot be told beforehand; nor will it be moved.
        with suppress(CalendarGap):
            yield Forecast(one.noun, one.would_move(days, now))
