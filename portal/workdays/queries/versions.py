"""The versions of the calendar, for the people who propose and confirm them."""

from django.db.models import Count, Q, QuerySet

from portal.workdays.models import CalendarEdition, CalendarVersion
from portal.workdays.queries.years import as_notice_days
from portal.workdays.rules.notices import Layer, Notice
from portal.workdays.states import VersionState


def versions(layer: str = "", year: int | None = None) -> QuerySet[CalendarVersion]:
    """Return versions, the latest year and number first, with `off` and `work` counted.

    layer, year: "" and None leave all in.
    """
    found = CalendarVersion.objects.select_related("proposed_by", "decided_by").annotate(
        off=Count("days", filter=Q(days__kind="off")), work=Count("days", filter=Q(days__kind="work"))
    )
    if layer:
        found = found.filter(layer=layer)
    if year:
        found = found.filter(year=year)
    return found.order_by("-year", "layer", "-number")


def drafts() -> QuerySet[CalendarVersion]:
    """Return what waits for a second person, the oldest first."""
    return versions().filter(status=VersionState.DRAFT).order_by("proposed_at")


def notice_of(version: CalendarVersion) -> Notice:
    """Return a version as the notice it was made of. One query."""
    days = list(version.days.all())
    return Notice(
        layer=Layer(version.layer),
        year=version.year,
        source=version.source,
        days=as_notice_days(days),
        source_en=version.source_en,
        document_number=version.document_number,
        announced_on=version.announced_on,
        address=version.address,
        amends=any(day.named_by_id for day in days),
    )


def edition_begun_by(version: CalendarVersion) -> int | None:
    """Return the edition that began when a version was confirmed; None for one that never counted."""
    if version.loaded_at is None:
        return None
    edition: CalendarEdition | None = version.editions.order_by("number").first()
    return edition.number if edition else None
