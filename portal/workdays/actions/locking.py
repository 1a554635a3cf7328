"""What every change of the calendar begins with, and what it is about in the journal."""

from portal.workdays.models import CalendarEdition, CalendarVersion
from portal.workdays.rules.notices import Layer

AGGREGATE = "portal.workdays.calendar:1"


def lock_calendar() -> CalendarEdition:
    """Lock the whole calendar until commit; return the edition in force.

    The first edition's row is the lock: two changes side by side would each build on what the
    other one replaces.
    """
    CalendarEdition.objects.select_for_update().get(number=1)
    return CalendarEdition.objects.latest("number")


def in_force(edition: CalendarEdition, layer: str, year: int) -> CalendarVersion | None:
    """Return the version that counts for a layer and year."""
    return edition.versions.filter(layer=layer, year=year).first()


def national_years(edition: CalendarEdition) -> set[int]:
    """Return the years that the calendar covers."""
    return set(edition.versions.filter(layer=Layer.NATIONAL).values_list("year", flat=True))
