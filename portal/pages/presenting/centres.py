"""What a centre's page says: whether it is open now, and when it is open this week and next."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from wagtail.models import Page

from portal.kernel import clock as clocks
from portal.kernel.workdays import ONE_DAY, local_date
from portal.pages.listing import open_to_all
from portal.pages.rules.opening import Hours, Opening, distance, hours_on, is_make_up, opening
from portal.workdays.queries import calendar

if TYPE_CHECKING:
    from portal.pages.models.centres import CentrePage

DAYS_SHOWN = 14
METRES = 1000


@dataclass(frozen=True)
class OpenDay:
    """One line of the table of hours."""

    date: date
    spans: list[Hours]
    is_make_up: bool
    is_today: bool


@dataclass(frozen=True)
class Near:
    """A centre in the list. metres: as the crow flies, None where the browser told no place."""

    page: "CentrePage"
    opening: Opening
    metres: int | None

    @property
    def kilometres(self) -> str:
        """The distance to one decimal."""
        return f"{(self.metres or 0) / METRES:.1f}"


def centre_context(centre: "CentrePage", request: HttpRequest) -> dict[str, Any]:
    """Return the variables of a centre's page."""
    now, days, spans = clocks.installed().now(), calendar(), centre.spans
    today = local_date(now)
    shown = [today + ONE_DAY * ahead for ahead in range(DAYS_SHOWN)]
    found = opening(now, spans, days)
    return {
        "opening": found,
        "placed": placed([Near(centre, found, None)]),
        "days": [OpenDay(day, hours_on(day, spans, days), is_make_up(day, days), day == today) for day in shown],
        # Not what only some may read.
        "guides": Page.objects.live().filter(open_to_all(), pk__in=centre.handled.values("page")).order_by("title"),
    }


def nearest(centres: "list[CentrePage]", here: tuple[float, float] | None) -> list[Near]:
    """Return the centres, nearest first when `here` (WGS-84 latitude, longitude) is known; else as the editors have them."""
    now, days = clocks.installed().now(), calendar()
    found = [Near(centre, opening(now, centre.spans, days), _metres(centre, here)) for centre in centres]
    return sorted(found, key=lambda near: (near.metres is None, near.metres or 0)) if here else found


def placed(centres: list[Near]) -> list[Near]:
    """Return the centres that can stand on a map, in the same order."""
    return [near for near in centres if near.page.has_place]


def _metres(centre: "CentrePage", here: tuple[float, float] | None) -> int | None:
    if here is None or centre.latitude is None or centre.longitude is None:
        return None
    return round(distance(*here, centre.latitude, centre.longitude) * METRES)
